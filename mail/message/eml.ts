import { domainToASCII } from "node:url";
import type { ReadyMessage } from "./ready-message.ts";

/** A message in nodemailer's terms. Addresses are objects, because nodemailer would split strings; it reads no files or URLs. */
export function composerOptions(message: ReadyMessage) {
  return {
    messageId: messageIdOf(message),
    date: new Date(message.at),
    from: partsOf([message.from])[0],
    to: partsOf(message.earlier?.to ?? message.to),
    cc: partsOf(message.earlier?.cc ?? message.cc),
    bcc: partsOf(message.bcc),
    replyTo: partsOf(message.replyTo),
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    headers: { ...message.headers },
    attachments: message.attachments.map(({ filename, contentType, content, cid }) => ({
      filename,
      contentType,
      content: Buffer.from(content, "base64"),
      ...(cid ? { cid, contentDisposition: "inline" as const } : {}),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Formats a message as it is sent: an .eml file (RFC 5322, MIME) with LF line endings. */
export async function formatEml(message: ReadyMessage): Promise<Buffer> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  const sent = await transport.sendMail(composerOptions(message));
  return Buffer.isBuffer(sent.message) ? sent.message : Buffer.from(String(sent.message));
}

/** The Message-ID header: the message's id at the sender's domain. */
export function messageIdOf(message: ReadyMessage): string {
  const domain = message.from.address.slice(message.from.address.lastIndexOf("@") + 1);
  return `<${message.id}@${domainToASCII(domain) || domain}>`;
}

function partsOf(addresses: ReadyMessage["to"]): { name: string; address: string }[] {
  return addresses.map(({ name, address }) => ({ name: name ?? "", address }));
}
