import { describe, expect, it } from "vitest";
import { createLogger } from "../../framework/base/index.ts";
import { sampleMessage } from "../conformance/sample-message.ts";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { createLogSender } from "./log-sender.ts";

function captureLog() {
  const lines: string[] = [];
  return { lines, log: createLogger({ destination: { write: (line: string) => void lines.push(line) } }) };
}

describe("createLogSender", () => {
  const open = () => {
    const { lines, log } = captureLog();

    return {
      sender: createLogSender(log),
      delivered: async () => lines.map((line) => JSON.parse(line)).filter(({ mail }) => mail),
    };
  };

  it.each(senderChecks(open))("$name", ({ run }) => run());

  it("keeps links and addresses out of the log", async () => {
    const { lines, log } = captureLog();

    await createLogSender(log).send(sampleMessage);

    expect(lines.join()).not.toMatch(/token=t|person@/);
  });

  it("warns that nobody receives mail", () => {
    const { lines, log } = captureLog();

    createLogSender(log);

    expect(lines.join()).toContain("nobody will receive any message");
  });
});
