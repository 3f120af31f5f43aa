import { describe, expect, it } from "vitest";
import { createMemoryRateLimits, createRateLimiter, createSigner } from "../../secure/index.ts";
import { type AttemptLimitOptions, createAttemptLimits } from "./attempt-limits.ts";

const minute = 60_000;

function prepare(options: AttemptLimitOptions = {}) {
  const clock = { time: 0, now: () => clock.time };
  const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
  const limits = createAttemptLimits({ limiter, signer: createSigner(["a secret for tests"]) }, options);
  /** How many attempts are allowed before one is refused. */
  async function countAllowed(attempt: () => Promise<{ ok: boolean }>): Promise<number> {
    let count = 0;
    while (count < 100 && (await attempt()).ok) count += 1;
    return count;
  }
  return { clock, limits, countAllowed };
}

describe("attempts at a password", () => {
  it("are ten in three minutes for one client at one account", async () => {
    const { clock, limits, countAllowed } = prepare();
    const attempt = () => limits.password("ann@example.com", "192.0.2.1");

    const first = await countAllowed(attempt);
    clock.time += 3 * minute - 1;
    const before = await countAllowed(attempt);
    clock.time += 1;

    expect([first, before, await countAllowed(attempt)]).toEqual([10, 0, 10]);
  });

  it("are ten for all clients of one account, and for one client at all accounts", async () => {
    const { limits, countAllowed } = prepare();
    let client = 0;
    let account = 0;

    const clients = await countAllowed(() => limits.password("ann@example.com", `192.0.2.${client++}`));
    const accounts = await countAllowed(() => limits.password(`bob${account++}@example.com`, "203.0.113.9"));

    expect([clients, accounts]).toEqual([10, 10]);
  });

  it("of a blocked client don't use up those of the owner", async () => {
    const { limits, countAllowed } = prepare();
    // One more attempt is left to the client at all accounts, so only one counts against Ann's account.
    for (let count = 0; count < 9; count += 1) {
      const attempt = await limits.password(`bob${count}@example.com`, "203.0.113.9");
      expect(attempt.ok).toBe(true);
    }
    await countAllowed(() => limits.password("ann@example.com", "203.0.113.9"));
    await countAllowed(() => limits.password("ann@example.com", "203.0.113.9"));
    let client = 0;

    expect(await countAllowed(() => limits.password("ann@example.com", `192.0.2.${client++}`))).toBe(9);
  });

  it("that succeed don't count", async () => {
    const { limits } = prepare();
    const statuses = [];

    for (let count = 0; count < 30; count += 1) {
      const attempt = await limits.password("ann@example.com", "192.0.2.1");
      if (attempt.ok) await attempt.succeeded();
      statuses.push(attempt.ok);
    }

    expect(statuses).not.toContain(false);
  });

  it("are allowed again for an account that is unlocked", async () => {
    const { limits, countAllowed } = prepare();
    let client = 0;
    const attempt = () => limits.password("ann@example.com", `192.0.2.${client++}`);
    await countAllowed(attempt);

    await limits.unlock("ann@example.com");

    expect((await attempt()).ok).toBe(true);
  });

  it("wait up to a quarter of an hour after repeated blocks", async () => {
    const { clock, limits, countAllowed } = prepare();
    const waits = [];

    for (let block = 0; block < 5; block += 1) {
      await countAllowed(() => limits.password("ann@example.com", "192.0.2.1"));
      const refused = await limits.password("ann@example.com", "192.0.2.1");
      const waitMs = refused.ok ? 0 : refused.retryAfterMs;
      waits.push(waitMs / minute);
      clock.time += waitMs;
    }

    expect(waits).toEqual([3, 6, 12, 15, 15]);
  });
});

describe("attempts at the second step", () => {
  it("are five in five minutes for one client, and ten in fifteen for all", async () => {
    const { limits, countAllowed } = prepare();
    let client = 0;

    const one = await countAllowed(() => limits.code("u1", "192.0.2.1"));
    const all = await countAllowed(() => limits.code("u1", `203.0.113.${client++}`));

    expect([one, one + all]).toEqual([5, 10]);
  });

  it("that succeed don't count, and forget those that failed", async () => {
    const { limits, countAllowed } = prepare();
    const attempt = () => limits.code("u1", "192.0.2.1");
    for (let count = 0; count < 4; count += 1) await attempt();

    const fifth = await attempt();
    if (fifth.ok) await fifth.succeeded();

    expect(await countAllowed(attempt)).toBe(5);
  });

  it("don't touch those of another user", async () => {
    const { limits, countAllowed } = prepare();
    await countAllowed(() => limits.code("u1", "192.0.2.1"));

    expect((await limits.code("u2", "192.0.2.1")).ok).toBe(true);
  });
});

describe("requested mails", () => {
  it("are five per mailbox and hour, for each kind of mail", async () => {
    const { clock, limits, countAllowed } = prepare();
    let client = 0;
    const reset = () => limits.mail("reset", "ann@example.com", `192.0.2.${client++}`);

    const first = await countAllowed(reset);
    const other = await limits.mail("verify", "ann@example.com", "203.0.113.1");
    clock.time += 60 * minute;

    expect([first, other.ok, (await reset()).ok]).toEqual([5, true, true]);
  });

  it("are twenty per address and hour", async () => {
    const { limits, countAllowed } = prepare();
    let mailbox = 0;

    expect(await countAllowed(() => limits.mail("reset", `a${mailbox++}@example.com`, "192.0.2.1"))).toBe(20);
  });

  it("follow the app's own limits", async () => {
    const { limits, countAllowed } = prepare({ mailsPerMailbox: { limit: 1, windowMs: minute } });

    expect(await countAllowed(() => limits.mail("reset", "ann@example.com", "192.0.2.1"))).toBe(1);
  });
});
