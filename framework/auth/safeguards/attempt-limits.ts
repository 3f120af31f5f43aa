import { addressKey, type RateLimiter, type RateRule, type RateVerdict, type Signer } from "../../secure/index.ts";

/** How often log-ins and mails may be tried; each left out has its default. */
export interface AttemptLimitOptions {
  /** Failed log-ins for one account and from one address; 10 in 3 minutes unless given. */
  readonly login?: { readonly limit: number; readonly windowMs: number };
  /** The longest block for one address at one account, each twice the one before; 15 minutes unless given. */
  readonly longestBlockMs?: number;
  /** Mails asked for (registering, resetting, verifying) to one mailbox; 5 an hour unless given. */
  readonly mailsPerMailbox?: { readonly limit: number; readonly windowMs: number };
  /** The same from one address; 20 an hour unless given. */
  readonly mailsPerAddress?: { readonly limit: number; readonly windowMs: number };
}

/** One try at a password: refused for now, or allowed, and to be taken back when it succeeds. */
export type Attempt =
  | { readonly ok: true; succeeded(): Promise<void> }
  | { readonly ok: false; readonly retryAfterMs: number };

/** Counts tries by account, by client address and by both together, whether the account exists or not. */
export interface AttemptLimits {
  password(email: string, address: string): Promise<Attempt>;
  /** A try at the second step: few, for a code has six digits only. */
  code(userId: string, address: string): Promise<Attempt>;
  mail(
    kind: "register" | "reset" | "verify" | "change" | "approve",
    email: string,
    address: string,
  ): Promise<RateVerdict>;
  /** Lets an account be tried again at once. */
  unlock(email: string): Promise<void>;
}

const minute = 60_000;

export function createAttemptLimits(
  deps: { readonly limiter: RateLimiter; readonly signer: Signer },
  options: AttemptLimitOptions = {},
): AttemptLimits {
  const { limiter, signer } = deps;
  const login = options.login ?? { limit: 10, windowMs: 3 * minute };
  const byAccount: RateRule = { name: "login-account", ...login };
  const byAddress: RateRule = { name: "login-address", ...login };
  const byBoth: RateRule = { name: "login-both", ...login, growToMs: options.longestBlockMs ?? 15 * minute };
  const mailbox = options.mailsPerMailbox ?? { limit: 5, windowMs: 60 * minute };
  const sender = options.mailsPerAddress ?? { limit: 20, windowMs: 60 * minute };
  const codeByUser: RateRule = { name: "second-factor-user", limit: 10, windowMs: 15 * minute };
  const codeByBoth: RateRule = {
    ...{ name: "second-factor-both", limit: 5, windowMs: 5 * minute },
    growToMs: options.longestBlockMs ?? 15 * minute,
  };
  // Counters outlive requests, so they hold a keyed hash and no address of a person.
  const accountKey = (email: string) => signer.mac(email, "attempt limits");

  return {
    async password(email, address) {
      const account = accountKey(email);
      const client = addressKey(address);
      const verdict = await inTurn([
        () => limiter.consume(byBoth, `${account} ${client}`),
        () => limiter.consume(byAddress, client),
        () => limiter.consume(byAccount, account),
      ]);
      if (!verdict.ok) return verdict;
      const succeeded = async () => {
        await limiter.refund(byAccount, account);
        await limiter.refund(byAddress, client);
        await limiter.forget(byBoth, `${account} ${client}`);
      };
      return { ok: true, succeeded };
    },
    async code(userId, address) {
      const both = `${userId} ${addressKey(address)}`;
      const verdict = await inTurn([
        () => limiter.consume(codeByBoth, both),
        () => limiter.consume(codeByUser, userId),
      ]);
      if (!verdict.ok) return verdict;
      const succeeded = async () => {
        await limiter.refund(codeByUser, userId);
        await limiter.forget(codeByBoth, both);
      };
      return { ok: true, succeeded };
    },
    async mail(kind, email, address) {
      return strictest(
        await Promise.all([
          limiter.consume({ name: `mail-${kind}-mailbox`, ...mailbox }, accountKey(email)),
          limiter.consume({ name: `mail-${kind}-address`, ...sender }, addressKey(address)),
        ]),
      );
    },
    unlock: (email) => limiter.forget(byAccount, accountKey(email)),
  };
}

/** Counts up to the first that refuses: who is blocked already must not use up the tries of an account's owner. */
async function inTurn(counts: readonly (() => Promise<RateVerdict>)[]): Promise<RateVerdict> {
  const verdicts: RateVerdict[] = [];
  for (const count of counts) {
    const verdict = await count();
    if (!verdict.ok) return verdict;
    verdicts.push(verdict);
  }
  return strictest(verdicts);
}

function strictest(verdicts: readonly RateVerdict[]): RateVerdict {
  const waits = verdicts.map((verdict) => (verdict.ok ? 0 : verdict.retryAfterMs));
  const retryAfterMs = Math.max(...waits);
  const remaining = Math.min(...verdicts.map((verdict) => (verdict.ok ? verdict.remaining : 0)));
  return retryAfterMs > 0 ? { ok: false, retryAfterMs } : { ok: true, remaining };
}
