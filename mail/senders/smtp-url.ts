import { smtpUrlInvalid } from "../errors.ts";

/** The settings in an `SMTP_URL`. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`, port 465). */
  readonly secure: boolean;
  /** Refuse servers without STARTTLS. */
  readonly requireTls: boolean;
  readonly user: string;
  readonly password: string;
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Parses `smtp://user:password@host:port` (STARTTLS, default port: 587) or `smtps://…` (TLS, default port: 465). Passwords are
 * only sent over TLS, except to localhost. `?tls=required` demands TLS without a password too, `?tls=optional` allows
 * plain text. Throws `MAIL_SMTP_URL_INVALID`, without the password.
 */
export function parseSmtpUrl(text: string): SmtpSettings {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw smtpUrlInvalid({ shown: withoutSecrets(text), problem: "isn't a valid URL" });
  const shown = withoutSecrets(text);
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:") {
    throw smtpUrlInvalid({ shown, problem: 'must start with "smtp://" or "smtps://"' });
  }
  if (url.hostname === "") throw smtpUrlInvalid({ shown, problem: "has no host" });
  const tls = url.searchParams.get("tls");
  if (tls !== null && tls !== "required" && tls !== "optional") {
    throw smtpUrlInvalid({ shown, problem: '"tls" must be "required" or "optional"' });
  }
  const secure = url.protocol === "smtps:";
  const user = decode(url.username, shown);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && (tls === "required" || (tls === null && user !== "" && !loopback.has(url.hostname))),
    user,
    password: decode(url.password, shown),
  };
}

// Must work on invalid URLs too, so it hides everything between "//" and the last "@".
function withoutSecrets(text: string): string {
  const scheme = text.indexOf("//");
  const at = text.lastIndexOf("@");
  if (at < 0) return text.split("?")[0] ?? "";
  const head = scheme >= 0 && scheme < at ? text.slice(0, scheme + 2) : "";
  return `${head}***@${text.slice(at + 1).split("?")[0]}`;
}

function decode(part: string, shown: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw smtpUrlInvalid({ shown, problem: "has a user or password that isn't percent-encoded correctly" });
  }
}
