import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeFolder } from "../../base/index.ts";
import { maxPasswordBytes } from "./passwords.ts";

export interface PasswordRulesOptions {
  /** Shortest password in characters; 12 unless given, never below 8. */
  readonly minLength?: number;
  /** The name of the product, which no password may contain. */
  readonly appName: string;
}

/** Says what is wrong with a new password, in sentences for its owner; an empty list when nothing is. */
export type PasswordRules = (password: string, owner: { readonly email: string }) => readonly string[];

const lowestMinLength = 8;
const minDistinct = 5;
const maxRepeatedLength = 10;
const minNameLength = 4;

/**
 * The rules for new passwords (NIST SP 800-63B, ASVS 6.2): long enough, not one of the twenty thousand that everybody tries
 * first, not built from the product's name or the owner's address. No rules about kinds of characters, nothing is cut off.
 */
export function createPasswordRules(options: PasswordRulesOptions): PasswordRules {
  const minLength = Math.max(lowestMinLength, options.minLength ?? 12);
  const appName = squeeze(options.appName);
  let common: ReadonlySet<string> | undefined;
  return (password, owner) => {
    if ([...password].length < minLength) return [`Use at least ${minLength} characters.`];
    if (Buffer.byteLength(password) > maxPasswordBytes) return [`Use at most ${maxPasswordBytes} characters.`];
    common ??= readCommonPasswords();
    const plain = password.toLowerCase();
    if (isCommon(plain, common)) return ["This password is one of the first that attackers try. Choose another."];
    const names = [appName, squeeze(owner.email.split("@")[0] ?? "")].filter((name) => name.length >= minNameLength);
    if (names.some((name) => squeeze(plain).includes(name))) {
      return ["Leave your address and the name of this site out of the password."];
    }
    return [];
  };
}

/** The list is data of zxcvbn-ts (MIT), gathered from passwords that became public. One a line, in lower case. */
function readCommonPasswords(): ReadonlySet<string> {
  return new Set(
    readFileSync(join(codeFolder(), "framework", "auth", "passwords", "common-passwords.txt"), "utf8")
      .trimEnd()
      .split("\n"),
  );
}

/** Also what only adds digits and signs to a common one, repeats something short, or has hardly any different characters. */
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
