import { type Clock, codeOf, type Logger } from "../framework/base/index.ts";
import { mailClosed } from "./errors.ts";
import type { Message } from "./message/message.ts";
import { createMessagePreparer, type PrepareOptions } from "./message/prepare.ts";
import type { ReadyMessage } from "./message/ready-message.ts";
import { defaultMessages, type MailMessages } from "./messages/mail-messages.ts";
import { createBackgroundQueue } from "./queue/background-queue.ts";
import { createJobQueue } from "./queue/job-queue.ts";
import type { MailDelay, MailJobs, MailSealer } from "./queue/queue.ts";
import type { Sender } from "./senders/sender.ts";
import { withinTime } from "./senders/within-time.ts";

export interface MailOptions extends PrepareOptions {
  readonly sender: Sender;
  readonly log: Logger;
  /** Where `sendLater` puts messages: kept and tried again over restarts. Without it they wait in this process only. */
  readonly jobs?: MailJobs;
  /** Seals what waits in the queue. */
  readonly sealer?: MailSealer;
  /** Holds an action until the surrounding transaction commits; used by `sendLater` without jobs. */
  readonly afterCommit?: (action: () => void | Promise<void>) => boolean;
  /** The app's own in place of built-in messages. */
  readonly messages?: Partial<MailMessages>;
  /** How long one delivery may take; 30 000 ms unless given. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
}

/** The mail of an app. Closed by the one who created it. */
export interface Mail {
  readonly appName: string;
  readonly appUrl: string;
  readonly messages: MailMessages;
  /** Delivers now and answers the id; rejects with a `KitError` when the message is wrong or nobody takes it. */
  send(message: Message): Promise<{ readonly id: string }>;
  /**
   * Checks and renders now, delivers afterwards with retries, so that a slow or dead mail server slows no page. Rejects only
   * for what is wrong with the message itself.
   */
  sendLater(message: Message, delay?: MailDelay): Promise<{ readonly id: string }>;
  /** What a message would look like, for previews and tests; nothing is sent. */
  prepare(message: Message): Promise<ReadyMessage>;
  /** Prepares a message and throws it away, so that the first real one is as quick as the others. */
  warmUp(): Promise<void>;
  /** Rejects with the reason when mail could not be sent now. */
  verify(): Promise<void>;
  /** Waits up to `graceMs` (5 000 unless given) for messages on their way, then closes the sender. */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

/** Creates the mail of an app on a sender. */
export function createMail(options: MailOptions): Mail {
  const { sender, log, timeoutMs = 30_000 } = options;
  const deliver = (message: ReadyMessage) => withinTime(sender.send(message), timeoutMs);
  const queue = options.jobs
    ? createJobQueue({ jobs: options.jobs, sealer: options.sealer, deliver, timeoutMs })
    : createBackgroundQueue({ deliver, log, afterCommit: options.afterCommit });
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
      return deliver(ready).catch((error: unknown) => {
        log.error(
          { mail: ready.id, subject: ready.subject, code: codeOf(error) || undefined, err: error },
          "mail not sent",
        );
        throw error;
      });
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
    verify: () => withinTime(Promise.resolve(sender.verify?.()), timeoutMs),
    async close({ graceMs = 5_000 } = {}) {
      if (closed) return;
      closed = true;
      await queue.drain(graceMs);
      await sender.close?.();
    },
  };
}
