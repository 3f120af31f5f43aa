import { describe, it } from "vitest";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { createMemorySender } from "./memory-sender.ts";

describe("createMemorySender", () => {
  const open = () => {
    const sender = createMemorySender();

    return { sender, delivered: async () => sender.sent };
  };

  it.each(senderChecks(open))("$name", ({ run }) => run());
});
