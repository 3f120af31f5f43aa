import { KitError, reasonOf } from "../framework/base/index.ts";

/** A message names nobody to send it to. */
export function recipientRequired(): KitError {
  return new KitError({
    code: "MAIL_RECIPIENT_REQUIRED",
    message: "recipient required",
    hint: "Give the message a `to`, for example { to: user.email, subject: … }.",
  });
}

/** A message goes to more people than one message may. */
export function tooManyRecipients(facts: { count: number; most: number }): KitError {
  return new KitError({
    code: "MAIL_TOO_MANY_RECIPIENTS",
    message: `A message may go to at most ${facts.most} recipients (to, cc and bcc together), this one has ${facts.count}.`,
    hint: "Send one message a person, or raise `mail.maxRecipients`.",
  });
}

/** An address is none, or smuggles something. The address itself stays out of the text: it is a person's. */
export function addressInvalid(facts: { field: string; problem: string }): KitError {
  return new KitError({
    code: "MAIL_ADDRESS_INVALID",
    message: `The address in "${facts.field}" ${facts.problem}.`,
    hint: 'One address a string: "ada@example.com" or "Ada <ada@example.com>"; several as an array.',
    status: 422,
  });
}

/** A message has no subject, or one that would break out of its header. */
export function subjectInvalid(facts: { problem: string }): KitError {
  return new KitError({ code: "MAIL_SUBJECT_INVALID", message: `The subject ${facts.problem}.` });
}

/** A message has neither HTML nor text. */
export function bodyRequired(): KitError {
  return new KitError({
    code: "MAIL_BODY_REQUIRED",
    message: "A message needs html or text.",
    hint: "Give `html` (JSX or a string of markup); its text twin is made from it.",
  });
}

/** A header is not allowed, or would break out of its line. */
export function headerInvalid(facts: { name: string; problem: string }): KitError {
  return new KitError({
    code: "MAIL_HEADER_INVALID",
    message: `The header ${JSON.stringify(facts.name)} ${facts.problem}.`,
  });
}

/** An attachment has no usable name, type or content. */
export function attachmentInvalid(facts: { filename: string; problem: string; cause?: unknown }): KitError {
  return new KitError({
    code: "MAIL_ATTACHMENT_INVALID",
    message: `The attachment ${JSON.stringify(facts.filename)} ${facts.problem}.`,
    cause: facts.cause,
  });
}

/** A link in a message leads to something that is no web page, for example `javascript:`. */
export function linkInvalid(facts: { protocol: string }): KitError {
  return new KitError({
    code: "MAIL_LINK_INVALID",
    message: `A link in a message must be an absolute http or https address, not ${JSON.stringify(facts.protocol)}.`,
    hint: "Build links from the configured appUrl.",
  });
}

/** `SMTP_URL` cannot be used. The text never holds the password. */
export function smtpUrlInvalid(facts: { shown: string; problem: string }): KitError {
  return new KitError({
    code: "MAIL_SMTP_URL_INVALID",
    message: `SMTP_URL ${facts.problem}: ${facts.shown}`,
    hint: "Expected smtp://user:password@host:587 or smtps://user:password@host:465; percent-encode special characters.",
  });
}

/** The mail server did not take the message. */
export function sendFailed(facts: { server: string; cause: unknown }): KitError {
  return new KitError({
    code: "MAIL_SEND_FAILED",
    message: `The mail server ${facts.server} did not take the message: ${reasonOf(facts.cause)}`,
    hint: "`buffkit doctor` tries the connection.",
    cause: facts.cause,
  });
}

/** No sender answered within the time allowed. */
export function sendTimedOut(facts: { timeoutMs: number }): KitError {
  return new KitError({
    code: "MAIL_SEND_TIMED_OUT",
    message: `The message was not taken within ${facts.timeoutMs} ms.`,
    hint: "Use mail.sendLater in a request, so that a slow mail server slows no page.",
    status: 504,
  });
}

/** Every sender of a failover refused the message. */
export function allSendersFailed(facts: { causes: readonly unknown[] }): KitError {
  return new KitError({
    code: "MAIL_ALL_SENDERS_FAILED",
    message: `None of ${facts.causes.length} senders took the message: ${facts.causes.map(reasonOf).join("; ")}`,
    cause: facts.causes[0],
  });
}

/** Something is sent after `close`. */
export function mailClosed(): KitError {
  return new KitError({ code: "MAIL_CLOSED", message: "The mail sender is closed.", status: 503 });
}

/** A queued message cannot be read back, for example because the secret that sealed it is gone. */
export function queuedMailUnreadable(facts: { cause?: unknown }): KitError {
  return new KitError({
    code: "MAIL_QUEUED_UNREADABLE",
    message: "A queued message cannot be read.",
    hint: "Was authSecret replaced without keeping the old one in the list?",
    cause: facts.cause,
  });
}
