import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeFolder } from "../../base/index.ts";
import { maxPasswordBytes } from "./passwords.ts";

export interface PasswordRulesOptions {
  /** Minimum length in characters; default: 12, never below 8. */
  readonly minLength?: number;
  /** The product's name, which passwords must not contain. */
  readonly appName: string;
}

/** The rules for new passwords. */
export interface PasswordRules {
  /** Minimum length in characters. */
  readonly minLength: number;
  /** What is wrong with a password, in sentences for its owner. Empty if it is fine. */
  check(password: string, owner: { readonly email: string }): readonly string[];
}

const defaultMinLength = 12;
const lowestMinLength = 8;
const minDistinct = 5;
const maxRepeatedLength = 10;
const minNameLength = 4;

/**
 * Creates the rules of NIST SP 800-63B and ASVS 6.2: long enough, not one of the 20,000 most common passwords, and not built from the
 * product's name or the owner's address. Any characters are allowed, and nothing is truncated.
 */
export function createPasswordRules(options: PasswordRulesOptions): PasswordRules {
  const minLength = Math.max(lowestMinLength, options.minLength ?? defaultMinLength);
  const appName = squeeze(options.appName);
  let common: ReadonlySet<string> | undefined;
  function check(given: string, owner: { readonly email: string }): readonly string[] {
    if (Buffer.byteLength(given) > maxPasswordBytes) return [`Use at most ${maxPasswordBytes} characters.`];
    const password = given.normalize("NFC");
    if ([...password].length < minLength) return [`Use at least ${minLength} characters.`];
    common ??= readCommonPasswords();
    const plain = password.toLowerCase();
    if (isCommon(plain, common)) return ["This password is too easy to guess. Choose another one."];
    const names = [appName, squeeze(owner.email.split("@")[0] ?? "")].filter((name) => name.length >= minNameLength);
    if (names.some((name) => squeeze(plain).includes(name))) {
      return ["Don't use your email address or the name of this site in your password."];
    }
    return [];
  }

  return { minLength, check };
}

/** The list comes from zxcvbn-ts (MIT), which collected leaked passwords. One per line, in lower case. */
function readCommonPasswords(): ReadonlySet<string> {
  return new Set(
    readFileSync(join(codeFolder(), "framework", "auth", "passwords", "common-passwords.txt"), "utf8")
      .trimEnd()
      .split("\n"),
  );
}

/** Also catches common passwords with digits or symbols appended, repetitions, and passwords with very few different characters. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const stem = plain.replace(/[^a-z]{1,64}$/, "");
  return (
    common.has(plain) ||
    (stem.length * 2 >= plain.length && common.has(stem)) ||
    isRepetition(squeeze(plain)) ||
    new Set(plain).size < minDistinct
  );
}

function isRepetition(text: string): boolean {
  for (let length = 1; length <= Math.min(maxRepeatedLength, text.length / 2); length++) {
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text) return true;
  }
  return false;
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
