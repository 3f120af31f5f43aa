import { describe, expect, it } from "vitest";
import { sampleMessage } from "../conformance/sample-message.ts";
import { senderChecks } from "../conformance/sender-conformance.ts";
import { recipientsRefused } from "../errors.ts";
import { isFinalRefusal } from "../message/refused-recipient.ts";
import { createFailoverSender } from "./failover-sender.ts";
import { createMemorySender } from "./memory-sender.ts";
import type { Sender } from "./sender.ts";

const refusing: Sender = { send: () => Promise.reject(new Error("refused")) };
const silent: Sender = { send: () => new Promise(() => {}) };

describe("createFailoverSender", () => {
  const open = () => {
    const second = createMemorySender();

    return { sender: createFailoverSender([refusing, second]), delivered: async () => second.sent };
  };

  it.each(senderChecks(open))("$name", ({ run }) => run());

  it("doesn't use the second sender while the first one works", async () => {
    const first = createMemorySender();
    const second = createMemorySender();

    await createFailoverSender([first, second]).send(sampleMessage);

    expect([first.sent.length, second.sent.length]).toEqual([1, 0]);
  });

  it("tries the next sender if one never answers", async () => {
    const second = createMemorySender();

    await createFailoverSender([silent, second], { timeoutMs: 20 }).send(sampleMessage);

    expect(second.sent).toHaveLength(1);
  });

  it("doesn't send a message again that the first sender delivered to some", async () => {
    const second = createMemorySender();
    const refused = [{ address: "bob@example.com", isFinal: false, reason: "451 later" }];
    const first: Sender = { send: async () => ({ id: "1", refused }) };

    const result = await createFailoverSender([first, second]).send(sampleMessage);

    expect(result).toEqual({ id: "1", refused });
    expect(second.sent).toEqual([]);
  });

  it.each([
    [true, true],
    [false, false],
  ])("takes a refusal as final if all senders say so: %s", async (isFinal, expected) => {
    const refuse = (isFinal: boolean): Sender => ({
      send: () => Promise.reject(recipientsRefused({ refused: [{ address: "a@b.de", isFinal, reason: "no" }] })),
    });

    const error: unknown = await createFailoverSender([refuse(true), refuse(isFinal)])
      .send(sampleMessage)
      .catch((e) => e);

    expect(isFinalRefusal(error)).toBe(expected);
  });

  it("gives the reason of each sender if all fail", async () => {
    await expect(createFailoverSender([refusing, refusing]).send(sampleMessage)).rejects.toThrow(
      /None of the 2.*refused; refused/,
    );
  });
});
