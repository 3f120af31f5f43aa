import { z } from "zod";
import { queuedMailUnreadable } from "../errors.ts";
import { type ReadyMessage, readyMessageSchema } from "../message/ready-message.ts";
import { isFinalRefusal } from "../message/refused-recipient.ts";
import { createMailAttempts } from "./attempt.ts";
import type { MailJobs, MailQueue, MailQueueOptions, MailSealer, QueuedMail } from "./queue.ts";
import { mailRetries } from "./retries.ts";

export interface JobQueueOptions extends MailQueueOptions {
  readonly jobs: MailJobs;
  readonly sealer?: MailSealer;
  readonly timeoutMs: number;
}

/** The name of the job that delivers a message. */
export const deliverMailJob = "mail.deliver";

const queuedMail: z.ZodType<QueuedMail> = z.union([
  z.object({ message: readyMessageSchema }),
  z.object({ sealed: z.string() }),
]);

/**
 * Delivers with the app's job queue: survives restarts, with retries for days. The message keeps its id across attempts. A job that
 * fails only keeps the recipients who didn't get the message.
 */
export function createJobQueue(options: JobQueueOptions): MailQueue {
  const { jobs, sealer, timeoutMs } = options;
  const { attempts, ...backoff } = mailRetries(options.retries);
  const attemptDelivery = createMailAttempts(options);
  const seal = (message: ReadyMessage) => (sealer ? { sealed: sealer.seal(JSON.stringify(message)) } : { message });
  jobs.define(deliverMailJob, {
    schema: queuedMail,
    attempts,
    backoff,
    isFinal: isFinalRefusal,
    timeoutMs: timeoutMs + 5_000,
    handler: async (payload, { attempt, signal, keep }) => {
      const message = "message" in payload ? payload.message : unseal(payload.sealed, sealer);
      await attemptDelivery(message, { number: attempt, signal, keep: (left) => keep(seal(left)) });
    },
  });
  return {
    async add(message, delay) {
      await jobs.enqueue(deliverMailJob, seal(message), { ...delay, uniqueKey: `mail:${message.id}` });
    },
    async drain() {},
  };
}

function unseal(sealed: string, sealer: MailSealer | undefined): ReadyMessage {
  const text = sealer?.open(sealed);
  if (!text) throw queuedMailUnreadable({});
  const read = readyMessageSchema.safeParse(JSON.parse(text));
  if (!read.success) throw queuedMailUnreadable({ cause: read.error });
  return read.data;
}
