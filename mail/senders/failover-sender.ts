import type { Logger } from "../../framework/base/index.ts";
import { allSendersFailed, mailClosed } from "../errors.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import { type RefusedRecipient, refusedIn } from "../message/refused-recipient.ts";
import type { Sender, SendOptions, SendResult } from "./sender.ts";
import { withinTime } from "./within-time.ts";

export interface FailoverOptions {
  readonly log?: Logger;
  /** How long to wait for a sender before trying the next one (default: 10,000 ms). */
  readonly timeoutMs?: number;
}

/**
 * Tries the senders in order until one accepts the message, for at least one recipient; throws `MAIL_ALL_SENDERS_FAILED` if none
 * does. A slow sender that ignores its `signal` may still deliver it later. Both copies have the same Message-ID, so that mailboxes can
 * detect the duplicate.
 */
export function createFailoverSender(senders: readonly Sender[], options: FailoverOptions = {}): Sender {
  const { log, timeoutMs = 10_000 } = options;
  let closed = false;

  async function send(message: ReadyMessage, { signal }: SendOptions = {}): Promise<SendResult> {
    if (closed) throw mailClosed();
    const causes: unknown[] = [];
    for (const [index, sender] of senders.entries()) {
      try {
        return await withinTime((ending) => sender.send(message, { signal: ending }), { timeoutMs, signal });
      } catch (err) {
        if (signal?.aborted) throw err;
        causes.push(err);
        log?.warn({ mail: message.id, sender: index, err }, "mail sender failed, trying the next one");
      }
    }
    throw allSendersFailed({ causes, refused: refusedByAll(causes) });
  }

  return {
    send,
    async verify() {
      const tried = await Promise.allSettled(senders.map((sender) => sender.verify?.()));
      const failed = tried.filter((result) => result.status === "rejected");
      if (failed.length === senders.length) throw allSendersFailed({ causes: failed.map(({ reason }) => reason) });
    },
    async close() {
      closed = true;
      await Promise.all(senders.map((sender) => sender.close?.()));
    },
  };
}

/** Who was refused by each of the senders: for good if all of them said so. */
function refusedByAll(causes: readonly unknown[]): readonly RefusedRecipient[] {
  const [first = [], ...others] = causes.map((cause) => refusedIn(cause) ?? []);
  return first.flatMap((refused) => {
    const same = others.map((list) => list.find(({ address }) => address === refused.address));
    if (same.some((found) => found === undefined)) return [];
    return { ...refused, isFinal: refused.isFinal && same.every((found) => found?.isFinal) };
  });
}
