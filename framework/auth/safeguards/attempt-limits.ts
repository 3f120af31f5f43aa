import { addressKey, type RateLimiter, type RateRule, type RateVerdict, type Signer } from "../../secure/index.ts";

/** How often people can try to log in and request mails. */
export interface AttemptLimitOptions {
  /** Failed logins per account and per client address; default: 10 in 3 minutes. */
  readonly login?: { readonly limit: number; readonly windowMs: number };
  /** The longest block for one client address at one account. Blocks double up to this; default: 15 minutes. */
  readonly longestBlockMs?: number;
  /** Requested mails (register, reset, verify) per mailbox; default: 5 per hour. */
  readonly mailsPerMailbox?: { readonly limit: number; readonly windowMs: number };
  /** Requested mails per client address; default: 20 per hour. */
  readonly mailsPerAddress?: { readonly limit: number; readonly windowMs: number };
}

/** An attempt at a password: refused for now, or allowed. Call `succeeded` to give the attempt back. */
export type Attempt = { readonly ok: true; succeeded(): Promise<void> } | Extract<RateVerdict, { readonly ok: false }>;

/** Counts attempts per account, per client address and per pair of both, whether or not the account exists. */
export interface AttemptLimits {
  password(email: string, address: string): Promise<Attempt>;
  /** An attempt at the second step. Few are allowed, because a code has only six digits. */
  code(userId: string, address: string): Promise<Attempt>;
  mail(
    kind: "register" | "reset" | "verify" | "change" | "approve",
    email: string,
    address: string,
  ): Promise<RateVerdict>;
  /** Lifts the block of an account. */
  unlock(email: string): Promise<void>;
}

const minute = 60_000;

/** Creates the limits; each option has its own default. */
export function createAttemptLimits(
  deps: { readonly limiter: RateLimiter; readonly signer: Signer },
  options: AttemptLimitOptions = {},
): AttemptLimits {
  const { limiter, signer } = deps;
  const growToMs = options.longestBlockMs ?? 15 * minute;
  const login = options.login ?? { limit: 10, windowMs: 3 * minute };
  const byAccount: RateRule = { name: "login-account", ...login };
  const byAddress: RateRule = { name: "login-address", ...login };
  const byBoth: RateRule = { name: "login-both", ...login, growToMs };
  const mailbox = options.mailsPerMailbox ?? { limit: 5, windowMs: 60 * minute };
  const sender = options.mailsPerAddress ?? { limit: 20, windowMs: 60 * minute };
  const codeByUser: RateRule = { name: "second-factor-user", limit: 10, windowMs: 15 * minute };
  const codeByBoth: RateRule = { name: "second-factor-both", limit: 5, windowMs: 5 * minute, growToMs };
  // Counters outlive requests, so they store a keyed hash instead of an email address.
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

/** Stops at the first rule that refuses: a blocked client must not use up the attempts of the account's owner. */
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
  const refusals = verdicts.filter((verdict) => !verdict.ok);
  const remaining = Math.min(...verdicts.map((verdict) => (verdict.ok ? verdict.remaining : 0)));
  if (refusals.length === 0) return { ok: true, remaining };
  const retryAfterMs = Math.max(...refusals.map((refusal) => refusal.retryAfterMs));
  return { ok: false, retryAfterMs, isFirst: refusals.some(({ isFirst }) => isFirst) };
}
