import { describe, it } from "vitest";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { createMemorySender } from "./memory-sender.ts";

describe("createMemorySender", () => {
  it.each(senderChecks)("$title", ({ run }) => {
    const sender = createMemorySender();

    return run({ sender, delivered: async () => sender.sent });
  });
});
