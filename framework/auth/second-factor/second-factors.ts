import { randomBytes } from "node:crypto";
import { type Clock, hashToken } from "../../base/index.ts";
import type { Signer } from "../../secure/index.ts";
import type { SecondFactorStore } from "./second-factor-store.ts";
import { createTotpSecret, toBase32, totpStep } from "./totp.ts";

/** A secret that is shown to a user and counts only once a code made with it has come back. */
export interface ProposedSecret {
  readonly secret: string;
  /** Carries the secret through the form, sealed; good for 15 minutes. */
  readonly setup: string;
}

/** Codes from an authenticator app as a second step at log-in (RFC 6238), with recovery codes. */
export interface SecondFactors {
  isOn(userId: string): Promise<boolean>;
  propose(userId: string): ProposedSecret;
  /** The secret of a setup that is this user's and still good. */
  openSetup(userId: string, setup: string): ProposedSecret | null;
  /** Turns the factor on when the code fits, and gives the recovery codes, which are shown this once. */
  turnOn(userId: string, setup: string, code: string): Promise<readonly string[] | null>;
  /** Whether a code of the app or a recovery code is right; either is good once. */
  check(userId: string, code: string): Promise<"app" | "recovery" | null>;
  countRecoveryCodes(userId: string): Promise<number>;
  /** New recovery codes in place of the old ones. */
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

/** 80 bits each, in groups of four: nobody guesses one, so a plain hash protects them. */
function createRecoveryCodes(): readonly string[] {
  return Array.from({ length: codeCount }, () => inGroups(toBase32(randomBytes(10))));
}

/** Four letters at a time, to be read and typed. */
export function inGroups(text: string): string {
  return text.match(/.{1,4}/g)?.join("-") ?? "";
}

function hashCode(userId: string, code: string): string {
  return hashToken(`${userId} ${squeeze(code)}`);
}

/** As people type it: spaces, dashes and the case of letters do not count. */
function squeeze(code: string): string {
  return code.replace(/[\s-]/g, "").toUpperCase();
}
