import type { Logger } from "../../framework/base/index.ts";
import { recipientsRefused } from "../errors.ts";
import { forAnotherAttempt, onlyTo } from "../message/only-to.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import { type RefusedRecipient, refusedIn } from "../message/refused-recipient.ts";
import { shortAddress } from "../message/short-address.ts";
import type { Deliver } from "./queue.ts";

export interface Attempt {
  /** 1 for the first attempt. */
  readonly number: number;
  readonly signal?: AbortSignal;
  /** Gets what is left of the message, if not everybody got it. */
  keep(message: ReadyMessage): void;
}

/**
 * Creates the function that tries to deliver a queued message once. If some recipients are refused, it keeps the message for them
 * alone and throws `MAIL_RECIPIENTS_REFUSED`. Those who were refused for good aren't tried again, unless everything starts over.
 */
export function createMailAttempts({ deliver, log }: { readonly deliver: Deliver; readonly log: Logger }) {
  return async (message: ReadyMessage, { number, signal, keep }: Attempt): Promise<void> => {
    const known = number > 1 ? (message.earlier?.refused ?? []) : [];
    const isKnown = (address: string) => known.some((refused) => refused.address === address);
    const pending = known.length === 0 ? message : onlyTo(message, (address) => !isKnown(address));
    const fresh = hasRecipients(pending) ? await refusalsOf(() => deliver(pending, signal)) : [];
    const refused = [...known, ...fresh];
    if (refused.length === 0) return;
    keep(forAnotherAttempt(message, refused));
    const isOver = refused.every(({ isFinal }) => isFinal);
    // The error of the last attempt is logged by the queue.
    if (!isOver) for (const each of fresh) if (each.isFinal) logRefusal(log, message, each);
    throw recipientsRefused({ refused });
  };
}

function hasRecipients({ to, cc, bcc }: ReadyMessage): boolean {
  return to.length + cc.length + bcc.length > 0;
}

async function refusalsOf(send: () => ReturnType<Deliver>): Promise<readonly RefusedRecipient[]> {
  try {
    return (await send()).refused ?? [];
  } catch (error) {
    const refused = refusedIn(error);
    if (refused === undefined) throw error;
    return refused;
  }
}

function logRefusal(log: Logger, { id, subject }: ReadyMessage, { address, reason }: RefusedRecipient): void {
  log.error({ mail: id, subject, recipient: shortAddress(address), reason }, "a recipient of a mail was refused");
}
