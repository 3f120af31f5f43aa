import { domainToASCII } from "node:url";
import { isRecord, reasonOf } from "../../framework/base/index.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { RefusedRecipient } from "../message/refused-recipient.ts";
import { shortenAddresses } from "../message/short-address.ts";

/** The server wants a login or encryption first. That is about the settings, not about the recipient. */
const loginCodes = new Set([530, 534, 535, 538]);
const messageTooLarge = 552;

/** Who was refused: in the result of a message that others got, or in the error of one that nobody got. */
export function refusalsIn(outcome: unknown, message: ReadyMessage): readonly RefusedRecipient[] {
  if (!isRecord(outcome)) return [];
  const recipients = [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address);
  if (Array.isArray(outcome.rejectedErrors) && outcome.rejectedErrors.length > 0) {
    return outcome.rejectedErrors.flatMap((error: unknown) => refusal(error, recipients));
  }
  // What is wrong with the message itself is wrong for everybody.
  if (!(outcome instanceof Error) || !isAboutMessage(outcome)) return [];
  return recipients.map((address) => ({ address, isFinal: true, reason: answerIn(outcome) }));
}

/** An SMTP error for logs: without the addresses that servers like to repeat. */
export function withoutAddresses(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = shortenAddresses(error.message);
  if (error.stack !== undefined) error.stack = shortenAddresses(error.stack);
  return error;
}

function refusal(error: unknown, recipients: readonly string[]): RefusedRecipient[] {
  if (!isRecord(error) || typeof error.recipient !== "string") return [];
  const mailbox = mailboxOf(error.recipient);
  const isFinal = isPermanent(error);
  const matching = recipients.filter((address) => mailboxOf(address) === mailbox);
  return matching.map((address) => ({ address, isFinal, reason: answerIn(error) }));
}

function isAboutMessage(error: unknown): boolean {
  if (!isRecord(error) || !isPermanent(error)) return false;
  return error.command === "DATA" || error.responseCode === messageTooLarge;
}

/** RFC 5321, 4.2.1: 5yz is for good, 4yz for now. 503 is about the order of commands. */
function isPermanent({ responseCode }: Record<string, unknown>): boolean {
  if (typeof responseCode !== "number" || responseCode === 503) return false;
  return responseCode >= 500 && responseCode < 600 && !loginCodes.has(responseCode);
}

function answerIn(error: unknown): string {
  const answer = isRecord(error) && typeof error.response === "string" ? error.response : reasonOf(error);
  return shortenAddresses(answer.replace(/\s+/g, " ").trim());
}

/** nodemailer quotes unusual names and rewrites domains, so addresses are compared in one form. */
function mailboxOf(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at).replace(/^"(.*)"$/, "$1");
  const domain = address.slice(at + 1);
  return `${local.replace(/\\(.)/g, "$1")}@${domainToASCII(domain) || domain.toLowerCase()}`;
}
