import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { isSameSecret } from "../base/index.ts";
import { missingSecret } from "./errors.ts";

/** Signs and encrypts short strings. The purpose keeps a value signed for one use from being accepted for another. */
export interface Signer {
  /** The keyed hash (HMAC-SHA-256, base64url, 43 characters) of a value, made with the first secret. */
  mac(value: string, purpose: string): string;
  /** Whether one of the secrets made this keyed hash, compared in constant time. */
  isMac(mac: string, value: string, purpose: string): boolean;
  /** `value.mac`: anyone can read it, only we can make it. */
  sign(value: string, purpose: string): string;
  /** The value, or null if the signature isn't valid. */
  verify(signed: string, purpose: string): string | null;
  /** Encrypted and authenticated (AES-256-GCM), safe in a URL or a cookie. */
  seal(value: string, purpose: string): string;
  /** The value, or null if it can't be decrypted. */
  unseal(sealed: string, purpose: string): string | null;
}

const ivBytes = 12;
const tagBytes = 16;

/** Signs with the first secret and accepts all of them, so that you can rotate secrets without logging everyone out. */
export function createSigner(secrets: readonly string[]): Signer {
  const first = secrets[0];
  if (!first || secrets.some((secret) => secret === "")) throw missingSecret();
  const keys = new Map<string, Buffer>();

  function key(secret: string, purpose: string): Buffer {
    const name = `${purpose}\0${secret}`;
    const known = keys.get(name);
    if (known) return known;
    const made = Buffer.from(hkdfSync("sha256", secret, "", `buffkit ${purpose}`, 32));
    keys.set(name, made);
    return made;
  }

  function mac(value: string, purpose: string, secret = first ?? ""): string {
    return createHmac("sha256", key(secret, purpose)).update(value).digest("base64url");
  }

  function isMac(given: string, value: string, purpose: string): boolean {
    return secrets.some((secret) => isSameSecret(given, mac(value, purpose, secret)));
  }

  return {
    mac: (value, purpose) => mac(value, purpose),
    isMac,
    sign: (value, purpose) => `${value}.${mac(value, purpose)}`,
    verify(signed, purpose) {
      const dot = signed.lastIndexOf(".");
      if (dot < 0) return null;
      const value = signed.slice(0, dot);
      return isMac(signed.slice(dot + 1), value, purpose) ? value : null;
    },
    seal: (value, purpose) => encrypt(value, key(first, `seal ${purpose}`)),
    unseal(sealed, purpose) {
      for (const secret of secrets) {
        const value = decrypt(sealed, key(secret, `seal ${purpose}`));
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function encrypt(value: string, key: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const body = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

function decrypt(sealed: string, key: Buffer): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < ivBytes + tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    // The tag doesn't match: another secret, another purpose, or a modified value.
    return null;
  }
}
