import { randomBytes } from "node:crypto";
import { type Clock, hashToken } from "../../base/index.ts";
import type { Signer } from "../../secure/index.ts";
import { createTotpSecret, toBase32, totpStep } from "./totp.ts";

/** A user's second factor, as stored. */
export interface StoredSecondFactor {
  readonly userId: string;
  /** Sealed, so that a stolen database can't be used to generate codes. */
  readonly secret: string;
  /** The latest time step whose code was accepted. It and earlier steps are used up. */
  readonly lastStep: number;
  readonly createdAt: number;
}

/** Where second factors and recovery codes are stored. */
export interface SecondFactorStore {
  find(userId: string): Promise<StoredSecondFactor | null>;
  /** Stores a factor with its recovery codes. Returns false if the user already has one. */
  insert(factor: StoredSecondFactor, codeHashes: readonly string[]): Promise<boolean>;
  /** Uses up a time step. Exactly one of several concurrent callers gets `true`, and nobody does for an earlier step. */
  useStep(userId: string, step: number): Promise<boolean>;
  /** Uses up a recovery code. Exactly one of several concurrent callers gets `true`. */
  useCode(userId: string, codeHash: string): Promise<boolean>;
  countCodes(userId: string): Promise<number>;
  /** Replaces all recovery codes. */
  replaceCodes(userId: string, codeHashes: readonly string[]): Promise<void>;
  /** Deletes the factor and its codes. */
  delete(userId: string): Promise<void>;
}

/** A secret shown to a user. It takes effect once they have entered a code generated from it. */
export interface ProposedSecret {
  readonly secret: string;
  /** The sealed secret, carried through the form. Valid for 15 minutes. */
  readonly setup: string;
}

/** Codes from an authenticator app as a second login step (RFC 6238), plus recovery codes. */
export interface SecondFactors {
  isOn(userId: string): Promise<boolean>;
  propose(userId: string): ProposedSecret;
  /** The secret of a setup, if it is this user's and still valid. */
  openSetup(userId: string, setup: string): ProposedSecret | null;
  /** If the code is right, turns the factor on and returns the recovery codes, which are shown only once. */
  turnOn(userId: string, setup: string, code: string): Promise<readonly string[] | null>;
  /** Checks a code from the app, or a recovery code. Either works once. */
  check(userId: string, code: string): Promise<"app" | "recovery" | null>;
  countRecoveryCodes(userId: string): Promise<number>;
  /** Replaces all recovery codes and returns the new ones. */
  renewRecoveryCodes(userId: string): Promise<readonly string[]>;
  turnOff(userId: string): Promise<void>;
}

export interface SecondFactorsOptions {
  readonly store: SecondFactorStore;
  readonly signer: Signer;
  readonly clock: Clock;
}

const sealedFor = "second factor";
const setupFor = "second factor setup";
const setupMs = 15 * 60_000;
const codeCount = 10;

/** Creates the second login step. */
export function createSecondFactors({ store, signer, clock }: SecondFactorsOptions): SecondFactors {
  function openSetup(userId: string, setup: string): ProposedSecret | null {
    const [id, secret, end] = signer.unseal(setup, setupFor)?.split(" ") ?? [];
    return id === userId && secret && Number(end) > clock.now() ? { secret, setup } : null;
  }

  return {
    isOn: async (userId) => (await store.find(userId)) !== null,
    propose(userId) {
      const secret = createTotpSecret();
      return { secret, setup: signer.seal(`${userId} ${secret} ${clock.now() + setupMs}`, setupFor) };
    },
    openSetup,
    async turnOn(userId, setup, given) {
      const proposed = openSetup(userId, setup);
      const step = proposed && totpStep(proposed.secret, squeeze(given), clock.now());
      if (!proposed || step === null) return null;
      const secret = signer.seal(`${userId} ${proposed.secret}`, sealedFor);
      const codes = createRecoveryCodes();
      const hashes = codes.map((code) => hashCode(userId, code));
      return (await store.insert({ userId, secret, lastStep: step, createdAt: clock.now() }, hashes)) ? codes : null;
    },
    async check(userId, given) {
      const code = squeeze(given);
      const factor = await store.find(userId);
      const [id, secret] = (factor && signer.unseal(factor.secret, sealedFor)?.split(" ")) ?? [];
      if (/^\d{6}$/.test(code)) {
        const step = id === userId && secret ? totpStep(secret, code, clock.now()) : null;
        return step !== null && (await store.useStep(userId, step)) ? "app" : null;
      }
      return factor && (await store.useCode(userId, hashCode(userId, code))) ? "recovery" : null;
    },
    countRecoveryCodes: (userId) => store.countCodes(userId),
    async renewRecoveryCodes(userId) {
      const codes = createRecoveryCodes();
      await store.replaceCodes(
        userId,
        codes.map((code) => hashCode(userId, code)),
      );
      return codes;
    },
    turnOff: (userId) => store.delete(userId),
  };
}

/** 80 bits each, too many to guess, so a plain hash is enough to protect them. */
function createRecoveryCodes(): readonly string[] {
  return Array.from({ length: codeCount }, () => inGroups(toBase32(randomBytes(10))));
}

/** Splits a text into groups of four, which are easier to read and type. */
export function inGroups(text: string): string {
  return text.match(/.{1,4}/g)?.join("-") ?? "";
}

function hashCode(userId: string, code: string): string {
  return hashToken(`${userId} ${squeeze(code)}`);
}

/** Ignores spaces, dashes and letter case, so that people can type a code the way they like. */
function squeeze(code: string): string {
  return code.replace(/[\s-]/g, "").toUpperCase();
}
