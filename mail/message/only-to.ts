import type { Address } from "./address.ts";
import type { ReadyMessage } from "./ready-message.ts";
import type { RefusedRecipient } from "./refused-recipient.ts";

/** The message for those who don't have it yet. Its To and Cc lines stay the same, and so does its id. */
export function onlyTo(message: ReadyMessage, isLeft: (address: string) => boolean): ReadyMessage {
  const keepLeft = (addresses: readonly Address[]) => addresses.filter(({ address }) => isLeft(address));
  return {
    ...message,
    to: keepLeft(message.to),
    cc: keepLeft(message.cc),
    bcc: keepLeft(message.bcc),
    earlier: { to: message.to, cc: message.cc, refused: [], ...message.earlier },
  };
}

/** The message for another attempt: for the refused only, who are recorded if they were refused for good. */
export function forAnotherAttempt(message: ReadyMessage, refused: readonly RefusedRecipient[]): ReadyMessage {
  const addresses = new Set(refused.map(({ address }) => address));
  const left = onlyTo(message, (address) => addresses.has(address));
  const { to, cc } = left.earlier ?? left;
  return { ...left, earlier: { to, cc, refused: refused.filter(({ isFinal }) => isFinal) } };
}
