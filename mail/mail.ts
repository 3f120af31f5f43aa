import { type Clock, codeOf, type Logger } from "../framework/base/index.ts";
import { mailClosed, recipientsRefused } from "./errors.ts";
import type { Message } from "./message/message.ts";
import { createMessagePreparer, type PrepareOptions } from "./message/prepare.ts";
import type { ReadyMessage } from "./message/ready-message.ts";
import type { RefusedRecipient } from "./message/refused-recipient.ts";
import { shortAddress } from "./message/short-address.ts";
import { defaultMessages, type MailMessages } from "./messages/mail-messages.ts";
import { createBackgroundQueue } from "./queue/background-queue.ts";
import { createJobQueue } from "./queue/job-queue.ts";
import type { MailDelay, MailJobs, MailSealer } from "./queue/queue.ts";
import type { MailRetries } from "./queue/retries.ts";
import type { Sender, SendResult } from "./senders/sender.ts";
import { withinTime } from "./senders/within-time.ts";

export interface MailOptions extends PrepareOptions {
  readonly sender: Sender;
  readonly log: Logger;
  /** Where `sendLater` puts messages, to survive restarts. Without it they wait in this process and are lost when it ends. */
  readonly jobs?: MailJobs;
  /** Encrypts messages in the job queue. */
  readonly sealer?: MailSealer;
  /** Delays an action until the current transaction commits. Used by `sendLater` when there are no jobs. */
  readonly afterCommit?: (action: () => void | Promise<void>) => boolean;
  /** The app's own versions of built-in messages. */
  readonly messages?: Partial<MailMessages>;
  /** Time limit for one delivery (default: 30,000 ms). */
  readonly timeoutMs?: number;
  /** When `sendLater` tries again. Default: after 1, 2, 4, 8 … minutes, at most two hours apart, for about three days. */
  readonly retries?: MailRetries;
  readonly clock?: Clock;
}

/** An app's mail. Call `close` when you are done with it. */
export interface Mail {
  readonly appName: string;
  readonly appUrl: string;
  readonly messages: MailMessages;
  /**
   * Delivers now and returns the id, and who was refused although others got it. Rejects with a `KitError` if the message isn't valid or
   * nobody got it.
   */
  send(message: Message): Promise<Required<SendResult>>;
  /**
   * Checks and renders the message now and delivers it in the background, with retries, so that a slow mail server doesn't
   * slow down pages. A retry only sends to those who didn't get it. Rejects only if the message itself isn't valid.
   */
  sendLater(message: Message, delay?: MailDelay): Promise<{ readonly id: string }>;
  /** Returns the message as it would be sent, for previews and tests. */
  prepare(message: Message): Promise<ReadyMessage>;
  /** Renders a message and discards it, so that the first real one is as fast as the rest. */
  warmUp(): Promise<void>;
  /** Rejects with the reason if mail can't be sent at the moment. */
  verify(): Promise<void>;
  /** Waits up to `graceMs` (default: 5,000) for pending messages, then closes the sender. */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

/** Creates an app's mail, delivered by a sender. */
export function createMail(options: MailOptions): Mail {
  const { sender, log, retries, timeoutMs = 30_000 } = options;
  const deliver = (message: ReadyMessage, signal?: AbortSignal) =>
    withinTime((ending) => sendTo(sender, message, ending), { timeoutMs, signal });
  const queue = options.jobs
    ? createJobQueue({ jobs: options.jobs, sealer: options.sealer, deliver, log, retries, timeoutMs })
    : createBackgroundQueue({ deliver, log, retries, afterCommit: options.afterCommit });
  const prepareOpen = createMessagePreparer(options);
  const messages = { ...defaultMessages, ...options.messages };
  let closed = false;

  async function prepare(message: Message): Promise<ReadyMessage> {
    if (closed) throw mailClosed();
    return prepareOpen(message);
  }

  return {
    appName: options.appName,
    appUrl: options.appUrl,
    messages,
    prepare,
    async send(message) {
      const ready = await prepare(message);
      const facts = { mail: ready.id, subject: ready.subject };
      try {
        const { id, refused = [] } = await deliver(ready);
        if (refused.length > 0)
          log.error({ ...facts, refused: refused.map(loggedRefusal) }, "some recipients were refused");
        return { id, refused };
      } catch (error) {
        log.error({ ...facts, code: codeOf(error) || undefined, err: error }, "mail could not be sent");
        throw error;
      }
    },
    async sendLater(message, delay = {}) {
      const ready = await prepare(message);
      await queue.add(ready, delay);
      return { id: ready.id };
    },
    async warmUp() {
      const { appName, appUrl } = options;
      const welcome = messages.welcome({ to: "ada@example.com", name: "Ada", appName, url: appUrl });
      await prepare(welcome).catch(() => undefined);
    },
    verify: () => withinTime(async () => sender.verify?.(), { timeoutMs }),
    async close({ graceMs = 5_000 } = {}) {
      if (closed) return;
      closed = true;
      await queue.drain(graceMs);
      await sender.close?.();
    },
  };
}

async function sendTo(sender: Sender, message: ReadyMessage, signal: AbortSignal): Promise<SendResult> {
  const result = await sender.send(message, { signal });
  const { refused = [] } = result;
  const recipients = [...message.to, ...message.cc, ...message.bcc];
  const isRefused = (address: string) => refused.some((one) => one.address === address);
  if (recipients.every(({ address }) => isRefused(address))) throw recipientsRefused({ refused });
  return result;
}

function loggedRefusal({ address, isFinal, reason }: RefusedRecipient) {
  return { recipient: shortAddress(address), isFinal, reason };
}
