import { createHash, randomBytes, randomUUID } from "node:crypto";

/** A random, URL-safe secret. Default: 32 bytes (256 bits). */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

/** A new id for a row: a random UUID (RFC 9562, version 4), 36 characters. */
export function createId(): string {
  return randomUUID();
}

/** SHA-256 in lowercase hex. Tokens are stored hashed, so that a stolen database can't be used to log in. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
