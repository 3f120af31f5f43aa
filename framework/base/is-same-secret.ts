import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two secrets are the same text. The time it takes tells nothing about either of them, not even its length. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
