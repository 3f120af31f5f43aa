import { type Clock, createId, systemClock } from "../../framework/base/index.ts";
import { DefaultMailLayout, type MailLayout } from "../blocks/layout.tsx";
import { bodyRequired, recipientRequired, tooManyRecipients } from "../errors.ts";
import { type AddressInput, parseAddress, parseAddresses } from "./address.ts";
import { readAttachments } from "./attachment.ts";
import { type CssInliner, createCssInliner } from "./css-inliner.ts";
import { checkHeaders, checkSubject } from "./headers.ts";
import type { Message } from "./message.ts";
import type { ReadyMessage } from "./ready-message.ts";
import { renderMailHtml } from "./render-html.ts";
import { textFromHtml } from "./text-from-html.ts";

export interface PrepareOptions {
  /** Used when a message names no sender of its own. */
  readonly from: AddressInput;
  readonly appName: string;
  readonly appUrl: string;
  readonly layout?: MailLayout;
  /** To, cc and bcc together; 50 unless given. */
  readonly maxRecipients?: number;
  /** All attachments of a message together; 10 MiB unless given. */
  readonly maxAttachmentBytes?: number;
  /** Keeps what it has inlined for messages of the same kind; a new one for each message unless given. */
  readonly inlineCss?: CssInliner;
  readonly clock?: Clock;
}

/**
 * Turns what an app says into what a sender takes: checks addresses, headers, subject and attachments against injection,
 * renders the HTML in the layout and makes the text. Throws a `KitError` that names what is wrong; nothing is sent.
 */
export async function prepareMessage(message: Message, options: PrepareOptions): Promise<ReadyMessage> {
  const recipients = readRecipients(message, options.maxRecipients ?? 50);
  const subject = checkSubject(message.subject);
  const headers = checkHeaders(message.headers ?? {});
  const body = await readBody(message, options);
  const attachments = await readAttachments(message.attachments ?? [], options.maxAttachmentBytes ?? 10 * 1024 * 1024);
  return {
    id: createId(),
    at: (options.clock ?? systemClock).now(),
    from: parseAddress(message.from ?? options.from, "from"),
    ...recipients,
    replyTo: parseAddresses(message.replyTo, "replyTo"),
    subject,
    ...body,
    headers,
    attachments,
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

async function readBody(message: Message, options: PrepareOptions): Promise<Pick<ReadyMessage, "html" | "text">> {
  if (message.html === undefined) {
    if (!message.text) throw bodyRequired();
    return { text: message.text };
  }
  const { appName, appUrl, inlineCss = createCssInliner() } = options;
  const rendered = await renderMailHtml(message.html, {
    inlineCss,
    layout: message.layout ?? options.layout ?? DefaultMailLayout,
    frame: { subject: message.subject, preheader: message.preheader, appName, appUrl, lang: message.lang ?? "en" },
  });
  return { html: rendered.html, text: message.text ?? (await textFromHtml(rendered.fragment)) };
}
