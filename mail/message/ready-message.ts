import { z } from "zod";
import type { Address } from "./address.ts";

const address = z.object({ name: z.string().optional(), address: z.string() });

/** The shape of a prepared message as it is stored, for readers of what comes back from a queue or a file. */
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
});

/** An attachment that is read and checked. `content` is base64, so that a message is plain JSON; `bytes` is its decoded size. */
export interface ReadyAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
  readonly bytes: number;
  /** Set for an inline image: `<img src="cid:…">`. */
  readonly cid?: string | undefined;
}

/** A message that is checked, rendered and complete: what a `Sender` takes, a job stores and the inbox keeps. Plain JSON. */
export interface ReadyMessage {
  /** Stays the same over retries and becomes the Message-ID, so that a mailbox can tell a repetition. */
  readonly id: string;
  /** When it was prepared; milliseconds since the Unix epoch. */
  readonly at: number;
  readonly from: Readonly<Address>;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly subject: string;
  readonly html?: string | undefined;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly ReadyAttachment[];
}
