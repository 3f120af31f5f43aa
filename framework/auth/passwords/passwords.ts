import { availableParallelism } from "node:os";
import type { Context } from "hono";
import { KitError } from "../../base/index.ts";
import { tooManyPasswords } from "../errors.ts";
import { isBcrypt, type VerifyBcrypt, verifyWithPackage } from "./bcrypt.ts";

export interface PasswordOptions {
  /** Memory per hash in KiB; default: 19,456 (OWASP: argon2id with 19 MiB, 2 passes, 1 lane). */
  readonly memoryKiB?: number;
  /** Passes per hash; default: 2. */
  readonly passes?: number;
  /** Hashes computed at once; default: one less than the number of cores, between 1 and 3. */
  readonly maxRunning?: number;
  /** Hashes that can wait in line; default: 200. Beyond that, logins get 503. */
  readonly maxWaiting?: number;
  /** Checks bcrypt digests imported from another system; default: the package @node-rs/bcrypt. */
  readonly verifyBcrypt?: VerifyBcrypt;
}

/** The result of a check. If `isOutdated`, store a new hash: the old one is weaker than the current settings. */
export type PasswordCheck = { readonly ok: true; readonly isOutdated: boolean } | { readonly ok: false };

/** Hashes passwords with argon2id off the event loop, a few at a time. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Compares a password with a digest. Without a digest (no such account), does the same work and fails. */
  check(password: string, digest: string | null): Promise<PasswordCheck>;
}

/** Longer passwords are rejected before hashing, so that nobody can make the server hash megabytes. */
export const maxPasswordBytes = 1024;

const wrong = { ok: false } as const;
const bcryptMaxBytes = 72;
// A salt and digest that match no password: 16 and 32 zero bytes.
const nobody = "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/** The native module, loaded when the first password arrives. */
const argon2 = () => import("@node-rs/argon2");

/** Creates the hasher that `kit.auth` uses. */
export function createPasswords(options: PasswordOptions = {}): Passwords {
  const { memoryKiB = 19_456, passes = 2, maxWaiting = 200, verifyBcrypt = verifyWithPackage } = options;
  const maxRunning = options.maxRunning ?? Math.max(1, Math.min(3, availableParallelism() - 1));
  const queue = createHashQueue({ maxRunning, maxWaiting });
  const dummy = `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$${nobody}`;

  async function isOutdated(digest: string): Promise<boolean> {
    const used = (await argon2()).parseOptions(digest);
    return used.memoryCost < memoryKiB || used.timeCost < passes || !digest.startsWith("$argon2id$");
  }

  async function checkBcrypt(password: string, digest: string): Promise<PasswordCheck> {
    // bcrypt ignores everything after byte 72, so it can't tell whether a longer password is right.
    if (Buffer.byteLength(password) > bcryptMaxBytes) return wrong;
    return (await queue.run(() => verifyBcrypt(password, digest))) ? { ok: true, isOutdated: true } : wrong;
  }

  async function checkOne(password: string, digest: string | null): Promise<PasswordCheck> {
    if (digest && isBcrypt(digest)) return checkBcrypt(password, digest);
    const { verify } = await argon2();
    if (!digest?.startsWith("$argon2")) {
      await queue.run(() => verify(dummy, password));
      return wrong;
    }
    if (!(await queue.run(() => verify(digest, password)))) return wrong;
    return { ok: true, isOutdated: await isOutdated(digest) };
  }

  return {
    async hash(password) {
      const { hash } = await argon2();
      return queue.run(() =>
        hash(password.normalize("NFC"), { memoryCost: memoryKiB, timeCost: passes, parallelism: 1 }),
      );
    },
    async check(given, digest) {
      if (Buffer.byteLength(given) > maxPasswordBytes) return wrong;
      const password = given.normalize("NFC");
      const check = await checkOne(password, digest);
      // Hashes from before passwords were normalized, and those of other systems, are of what was typed.
      if (check.ok || given === password) return check;
      return (await checkOne(given, digest)).ok ? { ok: true, isOutdated: true } : wrong;
    },
  };
}

/**
 * Runs a few tasks at once and the rest in order. Each one keeps a thread and 19 MiB busy, so both the number running and the number
 * waiting are bounded: beyond that, `run` throws `AUTH_TOO_MANY_PASSWORDS` (503).
 */
function createHashQueue(limits: { readonly maxRunning: number; readonly maxWaiting: number }) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run<T>(task: () => Promise<T>): Promise<T> {
      if (running >= limits.maxRunning) {
        if (waiting.length >= limits.maxWaiting) throw tooManyPasswords({ waiting: waiting.length });
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running++;
      }
      try {
        return await task();
      } finally {
        // Pass the slot on instead of freeing it, so that no new task can jump the line.
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}

/** Runs work that hashes a password. If too many hashes are waiting already, the 503 response says when to come back. */
export async function whenNotBusy<T>(c: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KitError && error.status === 503) c.header("Retry-After", "5");
    throw error;
  }
}
