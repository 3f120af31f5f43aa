import { z } from "zod";

/** Someone who didn't get a message, although others may have. */
export interface RefusedRecipient {
  readonly address: string;
  /** True: for good, for example because there is no such mailbox. False: for now, so that another attempt may succeed. */
  readonly isFinal: boolean;
  /** What the receiving side answered. It goes to logs, so it must not contain addresses. */
  readonly reason: string;
}

export const refusedRecipientSchema = z.object({ address: z.string(), isFinal: z.boolean(), reason: z.string() });

/** Who was refused, if that is why sending failed. */
export function refusedIn(error: unknown): readonly RefusedRecipient[] | undefined {
  if (!(error instanceof Error) || !("refused" in error)) return undefined;
  const read = z.array(refusedRecipientSchema).min(1).safeParse(error.refused);
  return read.success ? read.data : undefined;
}

/** Whether sending failed because every recipient was refused for good, so that retrying is pointless. */
export function isFinalRefusal(error: unknown): boolean {
  return refusedIn(error)?.every(({ isFinal }) => isFinal) === true;
}
