import { createHash, randomBytes, randomUUID } from "node:crypto";

/** An unguessable URL-safe secret; 32 bytes (256 bit) unless told otherwise. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

/** A new id for a row: a random UUID (RFC 9562, version 4), 36 characters. */
export function createId(): string {
  return randomUUID();
}

/** SHA-256 in lower-case hex: how tokens are stored, so that a stolen database cannot log in. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
