import { describe, it } from "vitest";
import { createMemorySender } from "./memory-sender.ts";
import { senderChecks } from "./sender-conformance.ts";

describe("createMemorySender", () => {
  it.each(senderChecks)("$title", ({ run }) => {
    const sender = createMemorySender();

    return run({ sender, delivered: async () => sender.sent });
  });
});
