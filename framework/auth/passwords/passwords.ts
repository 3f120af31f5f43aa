import { availableParallelism } from "node:os";
import { isBcrypt, type VerifyBcrypt, verifyWithPackage } from "./bcrypt.ts";
import { createHashQueue } from "./hash-queue.ts";

export interface PasswordOptions {
  /** Memory of one hash in KiB; 19456 unless given (OWASP: argon2id with 19 MiB, 2 passes, 1 lane). */
  readonly memoryKiB?: number;
  /** Passes; 2 unless given. */
  readonly passes?: number;
  /** Hashes computed at once; one less than there are cores, between 1 and 3, unless given. */
  readonly maxRunning?: number;
  /** Hashes that may wait; 200 unless given. Past it a log-in is answered 503. */
  readonly maxWaiting?: number;
  /** Checks bcrypt digests taken over from another system; the package @node-rs/bcrypt unless given. */
  readonly verifyBcrypt?: VerifyBcrypt;
}

/** What a check came to. `isOutdated`: store a new hash, the old one is weaker than wanted. */
export interface PasswordCheck {
  readonly ok: boolean;
  readonly isOutdated: boolean;
}

/** Hashes passwords with argon2id off the event loop, few at once. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Compares; without a digest (nobody has this address) it does the same work and says no. */
  check(password: string, digest: string | null): Promise<PasswordCheck>;
}

/** Longer ones are refused before hashing, so that nobody can make us hash megabytes. */
export const maxPasswordBytes = 1024;

const bcryptMaxBytes = 72;
// The salt and digest of no password: 16 and 32 zero bytes.
const nobody = "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/** The native module, loaded with the first password. */
const argon2 = () => import("@node-rs/argon2");

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
    // bcrypt ignores what follows the 72nd byte, so it cannot tell whether a longer password is right.
    if (Buffer.byteLength(password) > bcryptMaxBytes) return { ok: false, isOutdated: true };
    return { ok: await queue.run(() => verifyBcrypt(password, digest)), isOutdated: true };
  }

  return {
    async hash(password) {
      const { hash } = await argon2();
      return queue.run(() => hash(password, { memoryCost: memoryKiB, timeCost: passes, parallelism: 1 }));
    },
    async check(password, digest) {
      if (Buffer.byteLength(password) > maxPasswordBytes) return { ok: false, isOutdated: false };
      if (digest && isBcrypt(digest)) return checkBcrypt(password, digest);
      const { verify } = await argon2();
      if (!digest?.startsWith("$argon2")) {
        await queue.run(() => verify(dummy, password));
        return { ok: false, isOutdated: false };
      }
      const ok = await queue.run(() => verify(digest, password));
      return { ok, isOutdated: ok && (await isOutdated(digest)) };
    },
  };
}
