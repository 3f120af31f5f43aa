import type { z } from "zod";
import type { ReadyMessage } from "../message/ready-message.ts";

/** What a queued message looks like: the message, or the message sealed, so that a stolen database holds no links. */
export type QueuedMail = { readonly message: ReadyMessage } | { readonly sealed: string };

/** As much of a job queue as `sendLater` needs; `createJobs` fits. */
export interface MailJobs {
  define(
    name: string,
    definition: {
      readonly schema: z.ZodType<QueuedMail>;
      readonly handler: (payload: QueuedMail) => Promise<void>;
      readonly attempts?: number;
      readonly timeoutMs?: number;
    },
  ): unknown;
  enqueue(name: string, payload: QueuedMail, options?: MailDelay & { readonly uniqueKey?: string }): Promise<string>;
}

/** When a message is to leave: at once unless given. */
export interface MailDelay {
  readonly delayMs?: number;
}

/** Encrypts what waits in the queue; `createSigner` fits. */
export interface MailSealer {
  seal(text: string): string;
  open(sealed: string): string | null | undefined;
}
