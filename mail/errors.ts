import { KitError, reasonOf } from "../framework/base/index.ts";
import type { RefusedRecipient } from "./message/refused-recipient.ts";
import { shortAddress, shortenAddresses } from "./message/short-address.ts";

/** A message has no recipient. */
export function recipientRequired(): KitError {
  return new KitError({
    code: "MAIL_RECIPIENT_REQUIRED",
    message: "recipient required",
    hint: "Give the message a `to`, for example { to: user.email, subject: … }.",
  });
}

/** A message has more recipients than one message may have. */
export function tooManyRecipients(facts: { count: number; most: number }): KitError {
  return new KitError({
    code: "MAIL_TOO_MANY_RECIPIENTS",
    message: `A message can have at most ${facts.most} recipients (to, cc and bcc together), but this one has ${facts.count}.`,
    hint: "Send each person a message of their own, or raise `mail.maxRecipients`.",
  });
}

/** An address isn't valid, or tries to inject something. It is personal data, so the text doesn't contain it. */
export function addressInvalid(facts: { field: string; problem: string }): KitError {
  return new KitError({
    code: "MAIL_ADDRESS_INVALID",
    message: `The address in "${facts.field}" ${facts.problem}.`,
    hint: 'Write one address per string, "ada@example.com" or "Ada <ada@example.com>", and several as an array.',
    status: 422,
  });
}

/** A message has no subject, or one that would inject a header. */
export function subjectInvalid(facts: { problem: string }): KitError {
  return new KitError({ code: "MAIL_SUBJECT_INVALID", message: `The subject ${facts.problem}.` });
}

/** A message has neither HTML nor text. */
export function bodyRequired(): KitError {
  return new KitError({
    code: "MAIL_BODY_REQUIRED",
    message: "The message has no body.",
    hint: "Set `html` (JSX or a string of markup) or `text`. The text version is made from the HTML.",
  });
}

/** A header isn't allowed, or would inject another one. */
export function headerInvalid(facts: { name: string; problem: string }): KitError {
  return new KitError({
    code: "MAIL_HEADER_INVALID",
    message: `The header ${JSON.stringify(facts.name)} ${facts.problem}.`,
  });
}

/** An attachment's name, type or content can't be used. */
export function attachmentInvalid(facts: { filename: string; problem: string; cause?: unknown }): KitError {
  return new KitError({
    code: "MAIL_ATTACHMENT_INVALID",
    message: `The attachment ${JSON.stringify(facts.filename)} ${facts.problem}.`,
    cause: facts.cause,
  });
}

/** A link in a message isn't a web address, for example `javascript:`. */
export function linkInvalid(facts: { protocol: string }): KitError {
  return new KitError({
    code: "MAIL_LINK_INVALID",
    message: `A link in a message must be an absolute http or https URL, but this one has the scheme ${JSON.stringify(facts.protocol)}.`,
    hint: "Build links from `kit.appUrl`.",
  });
}

/** `SMTP_URL` isn't valid. The text never contains the password. */
export function smtpUrlInvalid(facts: { shown: string; problem: string }): KitError {
  return new KitError({
    code: "MAIL_SMTP_URL_INVALID",
    message: `SMTP_URL ${facts.problem}: ${facts.shown}`,
    hint: "Write smtp://user:password@host:587 or smtps://user:password@host:465, with special characters percent-encoded.",
  });
}

/** The mail server didn't accept the message for anybody. `refused` says for whom, if it answered that. */
export function sendFailed(facts: { server: string; cause: unknown; refused?: readonly RefusedRecipient[] }): KitError {
  const error = new KitError({
    code: "MAIL_SEND_FAILED",
    message: `The mail server ${facts.server} did not accept the message: ${shortenAddresses(reasonOf(facts.cause))}`,
    hint: "Run `buffkit doctor` to test the connection.",
    cause: facts.cause,
  });
  return withRefused(error, facts.refused);
}

/** Some or all recipients were refused, for now or for good. The others got the message. */
export function recipientsRefused(facts: { refused: readonly RefusedRecipient[] }): KitError {
  const error = new KitError({
    code: "MAIL_RECIPIENTS_REFUSED",
    message: `Recipients were refused: ${facts.refused.map(refusalText).join("; ")}`,
    hint: "Retrying only sends to these recipients. The others got the message.",
  });
  return withRefused(error, facts.refused);
}

function refusalText({ address, isFinal, reason }: RefusedRecipient): string {
  return `${shortAddress(address)} ${isFinal ? "for good" : "for now"} (${reason})`;
}

/** What tells the queue whom to try again. */
function withRefused(error: KitError, refused: readonly RefusedRecipient[] = []): KitError {
  return refused.length === 0 ? error : Object.assign(error, { refused });
}

/** The sender took too long. */
export function sendTimedOut(facts: { timeoutMs: number }): KitError {
  return new KitError({
    code: "MAIL_SEND_TIMED_OUT",
    message: `The message wasn't accepted within ${facts.timeoutMs} ms.`,
    hint: "Use `mail.sendLater` in requests, so that a slow mail server doesn't slow down pages.",
    status: 504,
  });
}

/** All senders of a failover failed. */
export function allSendersFailed(facts: {
  causes: readonly unknown[];
  refused?: readonly RefusedRecipient[];
}): KitError {
  const error = new KitError({
    code: "MAIL_ALL_SENDERS_FAILED",
    message: `None of the ${facts.causes.length} senders accepted the message: ${facts.causes.map(reasonOf).join("; ")}`,
    cause: facts.causes[0],
  });
  return withRefused(error, facts.refused);
}

/** A message was sent after `close`. */
export function mailClosed(): KitError {
  return new KitError({ code: "MAIL_CLOSED", message: "The mail sender is already closed.", status: 503 });
}

/** A queued message can't be decrypted or read, for example because the secret was replaced. */
export function queuedMailUnreadable(facts: { cause?: unknown }): KitError {
  return new KitError({
    code: "MAIL_QUEUED_UNREADABLE",
    message: "A queued message can't be decrypted or read.",
    hint: "If you replaced authSecret, keep the old one in the list until the queue is empty.",
    cause: facts.cause,
  });
}
