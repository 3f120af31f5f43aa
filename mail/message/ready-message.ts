import { z } from "zod";
import type { Address } from "./address.ts";
import { type RefusedRecipient, refusedRecipientSchema } from "./refused-recipient.ts";

const address = z.object({ name: z.string().optional(), address: z.string() });

/** Validates prepared messages that are read back from a queue or a file. */
export const readyMessageSchema = z.object({
  id: z.string(),
  at: z.number(),
  from: address,
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  replyTo: z.array(address),
  subject: z.string(),
  html: z.string().optional(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
  attachments: z.array(
    z.object({
      filename: z.string(),
      contentType: z.string(),
      content: z.string(),
      bytes: z.number(),
      cid: z.string().optional(),
    }),
  ),
  earlier: z
    .object({ to: z.array(address), cc: z.array(address), refused: z.array(refusedRecipientSchema) })
    .optional(),
});

/** A checked attachment. `content` is base64, so that the message is plain JSON; `bytes` is the decoded size. */
export interface ReadyAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
  readonly bytes: number;
  /** Set for inline images: `<img src="cid:…">`. */
  readonly cid?: string;
}

/** A checked, rendered and complete message, which senders take and jobs and the inbox store. Plain JSON. */
export interface ReadyMessage {
  /** Stays the same across retries and becomes the Message-ID, so that mailboxes can detect duplicates. */
  readonly id: string;
  /** When it was prepared, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly from: Readonly<Address>;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly subject: string;
  readonly html?: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly ReadyAttachment[];
  /**
   * Set if the message was accepted for some recipients already. Then `to`, `cc` and `bcc` are those who are left, and this has the To
   * and Cc lines for everybody to see, and who was refused for good.
   */
  readonly earlier?: {
    readonly to: readonly Address[];
    readonly cc: readonly Address[];
    readonly refused: readonly RefusedRecipient[];
  };
}
