import type { Transporter } from "nodemailer";
import { mailClosed, sendFailed } from "../errors.ts";
import { composerOptions } from "../message/eml.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { Sender } from "./sender.ts";
import { parseSmtpUrl, type SmtpSettings } from "./smtp-url.ts";

export interface SmtpOptions {
  /** Connections kept open; 5 unless given. */
  readonly maxConnections?: number;
  /** For connecting, greeting and each answer of the server; 10 000 ms unless given. */
  readonly timeoutMs?: number;
  /** Accept a certificate that nobody signed. For tests only; false unless given. */
  readonly acceptAnyCertificate?: boolean;
}

/**
 * Sends over SMTP with a pool of connections. The URL is checked at once (`MAIL_SMTP_URL_INVALID`), the server is reached with
 * the first message; `MAIL_SEND_FAILED` when it does not take one.
 */
export function createSmtpSender(smtpUrl: string, options: SmtpOptions = {}): Sender {
  const settings = parseSmtpUrl(smtpUrl);
  const server = `${settings.host}:${settings.port}`;
  let transport: Promise<Transporter> | undefined;
  let closed = false;

  function connect(): Promise<Transporter> {
    if (closed) throw mailClosed();
    transport ??= openTransport(settings, options);
    return transport;
  }

  return {
    async send(message: ReadyMessage) {
      const open = await connect();
      try {
        const sent = await open.sendMail(envelopeAnd(message));
        return { id: sent.messageId };
      } catch (cause) {
        throw sendFailed({ server, cause });
      }
    },
    async verify() {
      const open = await connect();
      await open.verify().catch((cause: unknown) => {
        throw sendFailed({ server, cause });
      });
    },
    async close() {
      closed = true;
      (await transport)?.close();
    },
  };
}

async function openTransport(settings: SmtpSettings, options: SmtpOptions): Promise<Transporter> {
  const { createTransport } = await import("nodemailer");
  const timeoutMs = options.timeoutMs ?? 10_000;
  return createTransport({
    pool: true,
    maxConnections: options.maxConnections ?? 5,
    maxMessages: 100,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.requireTls,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password } } : {}),
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: options.acceptAnyCertificate !== true },
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

// The envelope is what the checks saw, not what a header would be read as once more.
function envelopeAnd(message: ReadyMessage) {
  const recipients = [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address);
  return { ...composerOptions(message), envelope: { from: message.from.address, to: recipients } };
}
