import { createHmac, randomBytes } from "node:crypto";
import { isSameSecret } from "../../base/index.ts";

// RFC 6238 with the parameters that every authenticator app assumes: SHA-1, six digits, thirty seconds.
const stepMs = 30_000;
const digits = 6;
/** One step either way, for clock drift and slow typing (RFC 6238, 5.2). */
const drift = 1;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 160 random bits in base32, the format authenticator apps expect. */
export function createTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** The code an authenticator app shows at a given time. */
export function totpCode(secret: string, now: number): string {
  return codeOf(secret, Math.floor(now / stepMs));
}

/** The time step near `now` that a code belongs to, or null if the code is wrong. */
export function totpStep(secret: string, code: string, now: number): number | null {
  const current = Math.floor(now / stepMs);
  let found: number | null = null;
  for (let step = current - drift; step <= current + drift; step++) {
    if (isSameSecret(codeOf(secret, step), code)) found = step;
  }
  return found;
}

/** The URL that adds an account to an authenticator app. */
export function totpUrl(account: {
  readonly secret: string;
  readonly email: string;
  readonly appName: string;
}): string {
  const { secret, email, appName } = account;
  const label = `${encodeURIComponent(appName)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(appName)}`;
}

/** Bytes in base32 (RFC 4648, 6), without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

function fromBase32(text: string): Buffer {
  let bits = "";
  for (const letter of text) bits += alphabet.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** RFC 4226, 5.3: the last four bits select the four bytes of the digest that make up the code. */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}
