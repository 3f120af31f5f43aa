import { describe, expect, it } from "vitest";
import { createLogger, silentLogger } from "../../framework/base/index.ts";
import { sampleMessage } from "../conformance/sample-message.ts";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { createInbox } from "./inbox.ts";
import { createInboxSender } from "./inbox-sender.ts";

function captureLog() {
  const lines: string[] = [];
  return { lines, log: createLogger({ destination: { write: (line: string) => void lines.push(line) } }) };
}

describe("createInboxSender", () => {
  const open = () => {
    const inbox = createInbox();

    return { sender: createInboxSender(inbox, silentLogger), delivered: async () => inbox.list() };
  };

  it.each(senderChecks(open))("$name", ({ run }) => run());

  it("logs where each message can be seen", async () => {
    const { lines, log } = captureLog();

    await createInboxSender(createInbox(), log).send(sampleMessage);

    expect(lines.join()).toContain(`/__mail/${sampleMessage.id}`);
  });
});
