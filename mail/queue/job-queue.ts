import { z } from "zod";
import { queuedMailUnreadable } from "../errors.ts";
import { type ReadyMessage, readyMessageSchema } from "../message/ready-message.ts";
import type { MailJobs, MailQueue, MailSealer, QueuedMail } from "./queue.ts";

export interface JobQueueOptions {
  readonly jobs: MailJobs;
  readonly sealer?: MailSealer;
  readonly deliver: (message: ReadyMessage) => Promise<unknown>;
  readonly timeoutMs: number;
}

/** The name of the job that delivers a message. */
export const deliverMailJob = "mail.deliver";

const queuedMail: z.ZodType<QueuedMail> = z.union([
  z.object({ message: readyMessageSchema }),
  z.object({ sealed: z.string() }),
]);

/** Delivers with the app's job queue: survives restarts, up to 8 attempts. The message keeps its id across attempts. */
export function createJobQueue({ jobs, sealer, deliver, timeoutMs }: JobQueueOptions): MailQueue {
  jobs.define(deliverMailJob, {
    schema: queuedMail,
    attempts: 8,
    timeoutMs: timeoutMs + 5_000,
    handler: async (payload) => {
      await deliver("message" in payload ? payload.message : unseal(payload.sealed, sealer));
    },
  });
  return {
    async add(message, delay) {
      const payload = sealer ? { sealed: sealer.seal(JSON.stringify(message)) } : { message };
      await jobs.enqueue(deliverMailJob, payload, { ...delay, uniqueKey: `mail:${message.id}` });
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
