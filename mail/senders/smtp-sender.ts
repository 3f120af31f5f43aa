import type { Transporter } from "nodemailer";
import { mailClosed, sendFailed } from "../errors.ts";
import { composerOptions } from "../message/eml.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { Sender } from "./sender.ts";
import { refusalsIn, withoutAddresses } from "./smtp-refusals.ts";
import { parseSmtpUrl, type SmtpSettings } from "./smtp-url.ts";

export interface SmtpOptions {
  /** Size of the connection pool (default: 5). */
  readonly maxConnections?: number;
  /** Time limit for the connection, the greeting and each reply (default: 10,000 ms). */
  readonly timeoutMs?: number;
  /** Accept self-signed certificates. Only for tests (default: false). */
  readonly acceptAnyCertificate?: boolean;
}

/**
 * Sends over SMTP with a connection pool. Throws `MAIL_SMTP_URL_INVALID` right away, and connects when the first message is
 * sent. `send` rejects with `MAIL_SEND_FAILED` if the server doesn't accept a message for anybody. Error texts have no addresses.
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
    async send(message, { signal } = {}) {
      const open = await connect();
      try {
        const sent = await open.sendMail({ ...envelopeAnd(message), ...(signal ? { signal } : {}) });
        const refused = refusalsIn(sent, message);
        return { id: sent.messageId, ...(refused.length > 0 ? { refused } : {}) };
      } catch (cause) {
        throw sendFailed({ server, cause: withoutAddresses(cause), refused: refusalsIn(cause, message) });
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

// The envelope has the addresses that were checked. Nodemailer would parse them from the headers again.
function envelopeAnd(message: ReadyMessage) {
  const recipients = [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address);
  return { ...composerOptions(message), envelope: { from: message.from.address, to: recipients } };
}
