import { type Clock, createId, type Logger, silentLogger, systemClock } from "../../framework/base/index.ts";
import { replacedAddress, textDirection } from "../../framework/html/index.ts";
import { DefaultMailLayout, type MailLayout } from "../blocks/layout.tsx";
import { bodyRequired, recipientRequired, tooManyRecipients } from "../errors.ts";
import { type AddressInput, parseAddress, parseAddresses } from "./address.ts";
import { readAttachments } from "./attachment.ts";
import { checkHeaders, checkSubject } from "./headers.ts";
import type { Message } from "./message.ts";
import type { ReadyMessage } from "./ready-message.ts";
import { mailSchemes, renderMailHtml } from "./render-html.ts";
import { createStyleInliner } from "./style-inliner.ts";
import { textFromHtml } from "./text-from-html.ts";

export interface PrepareOptions {
  /** Used when a message has no sender of its own. */
  readonly from: AddressInput;
  readonly appName: string;
  readonly appUrl: string;
  /** Default: `DefaultMailLayout`. */
  readonly layout?: MailLayout;
  /** Limit for to, cc and bcc together (default: 50). */
  readonly maxRecipients?: number;
  /** Limit for all attachments of a message together (default: 10 MiB). */
  readonly maxAttachmentBytes?: number;
  /** Schemes of your own that links in JSX may have, such as `myapp`. Links with schemes that could run a script become harmless. */
  readonly schemes?: readonly string[];
  /** Told once when styles can't be inlined because juice isn't installed, and when an address in JSX was replaced. */
  readonly log?: Logger;
  readonly clock?: Clock;
}

/**
 * Creates the function that turns a message as an app writes it into one that a sender takes. It checks addresses, headers,
 * subject and attachments against injection, renders the HTML in the layout and makes the text version. Nothing is sent.
 * Throws a `KitError` that says what is wrong.
 */
export function createMessagePreparer(options: PrepareOptions): (message: Message) => Promise<ReadyMessage> {
  const { from, maxRecipients = 50, maxAttachmentBytes = 10 * 1024 * 1024, clock = systemClock } = options;
  const readBody = createBodyReader(options);
  return async (message) => {
    const recipients = readRecipients(message, maxRecipients);
    const subject = checkSubject(message.subject);
    const headers = checkHeaders(message.headers ?? {});
    const body = await readBody(message);
    const attachments = await readAttachments(message.attachments ?? [], maxAttachmentBytes);
    return {
      id: createId(),
      at: clock.now(),
      from: parseAddress(message.from ?? from, "from"),
      ...recipients,
      replyTo: parseAddresses(message.replyTo, "replyTo"),
      subject,
      ...body,
      headers,
      attachments,
    };
  };
}

function readRecipients(message: Message, most: number): Pick<ReadyMessage, "to" | "cc" | "bcc"> {
  const to = parseAddresses(message.to, "to");
  if (to.length === 0) throw recipientRequired();
  const cc = parseAddresses(message.cc, "cc");
  const bcc = parseAddresses(message.bcc, "bcc");
  const count = to.length + cc.length + bcc.length;
  if (count > most) throw tooManyRecipients({ count, most });
  return { to, cc, bcc };
}

const replacedText = "an address in a mail was replaced, because its scheme isn't allowed; see mail.schemes";

type Body = Pick<ReadyMessage, "html" | "text">;

function createBodyReader(options: PrepareOptions): (message: Message) => Promise<Body> {
  const { appName, appUrl, layout: usualLayout = DefaultMailLayout, log = silentLogger } = options;
  const schemes = [...mailSchemes, ...(options.schemes ?? [])];
  const inlineStyles = createStyleInliner({ log });
  return async ({ html, text, layout = usualLayout, subject, preheader, lang = "en", dir = textDirection(lang) }) => {
    if (html === undefined) {
      if (!text) throw bodyRequired();
      return { text };
    }
    const frame = { subject, preheader, appName, appUrl, lang, dir };
    const rendered = await renderMailHtml(html, { inlineStyles, layout, frame, schemes });
    const element = typeof html === "string" ? undefined : replacedAddress(rendered.html);
    if (element) log.warn({ subject, element }, replacedText);
    return { html: rendered.html, text: text ?? (await textFromHtml(rendered.fragment)) };
  };
}
