import type { z } from "zod";
import type { Logger } from "../../framework/base/index.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { RefusedRecipient } from "../message/refused-recipient.ts";
import type { MailRetries } from "./retries.ts";

/** Sends a message now, within the time limit. Rejects if nobody got it. */
export type Deliver = (
  message: ReadyMessage,
  signal?: AbortSignal,
) => Promise<{ readonly refused?: readonly RefusedRecipient[] }>;

export interface MailQueueOptions {
  readonly deliver: Deliver;
  readonly log: Logger;
  readonly retries?: MailRetries;
}

/** Messages waiting to be delivered. `drain` resolves when all of them have been tried or the time is up. */
export interface MailQueue {
  add(message: ReadyMessage, delay: MailDelay): Promise<void>;
  drain(graceMs: number): Promise<void>;
}

/** A message in the job queue: plain, or sealed so that a stolen database doesn't reveal login links. */
export type QueuedMail = { readonly message: ReadyMessage } | { readonly sealed: string };

/** The part of a job queue that `sendLater` needs. `createJobs` provides it. */
export interface MailJobs {
  define(
    name: string,
    definition: {
      readonly schema: z.ZodType<QueuedMail>;
      readonly handler: (payload: QueuedMail, context: MailJobContext) => Promise<void>;
      readonly attempts?: number;
      readonly backoff?: Omit<MailRetries, "attempts">;
      readonly isFinal?: (error: unknown) => boolean;
      readonly timeoutMs?: number;
    },
  ): unknown;
  enqueue(name: string, payload: QueuedMail, options?: MailDelay & { readonly uniqueKey?: string }): Promise<string>;
}

/** The part of a job's context that delivering needs. */
export interface MailJobContext {
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** Replaces the payload of the next attempt. */
  keep(payload: QueuedMail): void;
}

/** How long to wait before sending (default: not at all). */
export interface MailDelay {
  readonly delayMs?: number;
}

/** Encrypts queued messages. `createSigner` provides it. */
export interface MailSealer {
  seal(text: string): string;
  open(sealed: string): string | null | undefined;
}
