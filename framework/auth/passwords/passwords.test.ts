import { hash } from "@node-rs/argon2";
import { describe, expect, it, vi } from "vitest";
import { createGate } from "../../test-support/create-gate.ts";
import { createPasswordRules } from "./password-rules.ts";
import { createPasswords } from "./passwords.ts";

/** `Algorithm.Argon2i`, a constant that exists only at compile time. */
const argon2i = 1;
const bcryptDigest = "$2b$10$abcdefghijklmnopqrstuuSGxoQnlFDGeIUcDqGzsW3bNBfJmhQ8K";

describe("createPasswords", () => {
  it("hashes with argon2id at OWASP's parameters, salted", async () => {
    const passwords = createPasswords();

    const digests = [await passwords.hash("correct horse"), await passwords.hash("correct horse")];

    expect(digests[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(digests[0]).not.toBe(digests[1]);
    expect(await passwords.check("correct horse", digests[0] ?? "")).toEqual({ ok: true, isOutdated: false });
    expect((await passwords.check("correct horsf", digests[0] ?? "")).ok).toBe(false);
  });

  it("keeps every character: spaces, NUL, emoji and the 1024th byte", async () => {
    const passwords = createPasswords({ memoryKiB: 64 });
    const long = `${"x".repeat(1023)}y`;
    const digest = await passwords.hash(long);

    expect((await passwords.check(long, digest)).ok).toBe(true);
    expect((await passwords.check(`${"x".repeat(1023)}z`, digest)).ok).toBe(false);
    expect((await passwords.check(" a ", await passwords.hash("a"))).ok).toBe(false);
    expect((await passwords.check("a\u0000b", await passwords.hash("a\u0000c"))).ok).toBe(false);
    expect((await passwords.check("🎉ä", await passwords.hash("🎉ä"))).ok).toBe(true);
  });

  it("takes the same letters for the same password, however a keyboard writes them", async () => {
    const passwords = createPasswords({ memoryKiB: 64, passes: 1 });
    const [composed, decomposed] = ["NFC", "NFD"].map((form) => "Schöne Grüße für alle".normalize(form));
    const before = await hash(decomposed ?? "", { memoryCost: 64, timeCost: 1, parallelism: 1 });

    const digests = [await passwords.hash(composed ?? ""), await passwords.hash(decomposed ?? "")];

    for (const digest of digests) {
      expect((await passwords.check(composed ?? "", digest)).ok).toBe(true);
      expect((await passwords.check(decomposed ?? "", digest)).ok).toBe(true);
    }
    expect(await passwords.check(decomposed ?? "", before)).toEqual({ ok: true, isOutdated: true });
    expect((await passwords.check("Schone Grusse fur alle", digests[0] ?? "")).ok).toBe(false);
  });

  it("reports a digest with weaker parameters as outdated", async () => {
    const weak = await hash("correct horse", { memoryCost: 8192, timeCost: 1 });

    expect(await createPasswords().check("correct horse", weak)).toEqual({ ok: true, isOutdated: true });
    expect(await createPasswords().check("wrong", weak)).toEqual({ ok: false });
  });

  it("checks and replaces bcrypt digests, but never beyond the 72 bytes that bcrypt reads", async () => {
    const asked: string[] = [];
    const verifyBcrypt = async (password: string) => {
      asked.push(password);
      return password === "old password";
    };
    const passwords = createPasswords({ memoryKiB: 64, verifyBcrypt });

    expect(await passwords.check("old password", bcryptDigest)).toEqual({ ok: true, isOutdated: true });
    expect((await passwords.check("another", bcryptDigest)).ok).toBe(false);
    expect((await passwords.check("x".repeat(73), bcryptDigest)).ok).toBe(false);
    expect(asked).toEqual(["old password", "another"]);
  });

  it("accepts 72 bytes with a bcrypt digest", async () => {
    const passwords = createPasswords({ verifyBcrypt: async (password) => password === "ü".repeat(36) });

    expect((await passwords.check("ü".repeat(36), bcryptDigest)).ok).toBe(true);
    expect((await passwords.check(`${"ü".repeat(36)}x`, bcryptDigest)).ok).toBe(false);
  });

  it("says what to install for a bcrypt digest when the package is missing", async () => {
    await expect(createPasswords().check("old password", bcryptDigest)).rejects.toThrow(
      expect.objectContaining({ code: "AUTH_MISSING_BCRYPT", cause: expect.anything() }),
    );
  });

  it.each([
    ["fewer passes", { memoryCost: 64, timeCost: 1 }],
    ["less memory", { memoryCost: 32, timeCost: 2 }],
    ["another algorithm", { memoryCost: 64, timeCost: 2, algorithm: argon2i }],
  ])("reports a digest with %s as outdated, and none that is as strong or stronger", async (_name, weaker) => {
    const passwords = createPasswords({ memoryKiB: 64, passes: 2 });
    const digests = [await hash("correct horse", { ...weaker, parallelism: 1 })];
    for (const [memoryCost, timeCost] of [
      [64, 2],
      [128, 3],
    ] as const) {
      digests.push(await hash("correct horse", { memoryCost, timeCost, parallelism: 1 }));
    }

    const checks = await Promise.all(digests.map((digest) => passwords.check("correct horse", digest)));

    expect(checks).toEqual([
      { ok: true, isOutdated: true },
      { ok: true, isOutdated: false },
      { ok: true, isOutdated: false },
    ]);
  });

  it.each([null, "", "plain text", "$1$md5$x", `x${bcryptDigest}`])(
    "lets nobody in with the digest %j",
    async (digest) => {
      const passwords = createPasswords({ memoryKiB: 64, verifyBcrypt: async () => true });

      expect(await passwords.check("plain text", digest)).toEqual({ ok: false });
    },
  );

  it("hashes a few at a time, in order, and goes on after one that fails", async () => {
    const order: string[] = [];
    const gates = new Map(["a", "b", "c", "d"].map((name) => [name, createGate()]));
    let running = 0;
    let most = 0;
    const verifyBcrypt = async (name: string) => {
      order.push(name);
      running += 1;
      most = Math.max(most, running);
      await gates.get(name)?.opened;
      running -= 1;
      if (name === "a") throw new TypeError("broken");
      return true;
    };
    const passwords = createPasswords({ verifyBcrypt, maxRunning: 2 });
    const checks = ["a", "b", "c", "d"].map((name) => passwords.check(name, bcryptDigest));
    const settled = Promise.allSettled(checks);

    for (const name of ["b", "a", "c", "d"]) {
      await vi.waitFor(() => expect(order).toContain(name));
      gates.get(name)?.open();
    }

    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "fulfilled"]);
    expect([order, most]).toEqual([["a", "b", "c", "d"], 2]);
  });

  it("lets 200 hashes wait by default", async () => {
    const gate = createGate();
    const verifyBcrypt = async () => {
      await gate.opened;
      return true;
    };
    const passwords = createPasswords({ verifyBcrypt, maxRunning: 1 });

    const checks = Array.from({ length: 202 }, () => passwords.check("x", bcryptDigest));
    const settled = Promise.allSettled(checks);
    gate.open();

    expect((await settled).flatMap(({ status }, index) => (status === "rejected" ? [index] : []))).toEqual([201]);
  });

  it("rejects passwords over 1024 bytes before hashing", async () => {
    const passwords = createPasswords({ maxWaiting: 0, maxRunning: 0 });

    expect((await passwords.check("x".repeat(1025), "$argon2id$x")).ok).toBe(false);
  });

  it("fails with 503 when too many hashes are waiting", async () => {
    const passwords = createPasswords({ maxRunning: 1, maxWaiting: 1 });

    const results = await Promise.allSettled([1, 2, 3].map(() => passwords.hash("x")));

    expect(results.map((result) => result.status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(results[2]).toMatchObject({ reason: { code: "AUTH_TOO_MANY_PASSWORDS", status: 503 } });
  });

  it("does the same work for an unknown address", async () => {
    const passwords = createPasswords();
    const digest = await passwords.hash("correct horse");
    const timeOf = async (of: string | null) => {
      const began = performance.now();
      await passwords.check("wrong password", of);
      return performance.now() - began;
    };
    const known: number[] = [];
    const unknown: number[] = [];

    for (let time = 0; time < 30; time++) {
      known.push(await timeOf(digest));
      unknown.push(await timeOf(null));
    }

    // A generous tolerance for busy machines: skipping the work would show as a factor of a hundred.
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });
});

describe("createPasswordRules", () => {
  const rules = createPasswordRules({ appName: "Team board" });
  const owner = { email: "ann.miller@example.com" };

  it.each([
    "a quiet morning walk",
    "ünïcödé ïs fine 12",
    "🎉🎊🎈🎁🎀🎆🎇✨🧨🪅🎃🎄",
    "Tr0ub4dor&3 and more",
    "x7#Kp2!mQ9$w",
  ])("accepts %s", (password) => {
    expect(rules.check(password, owner)).toEqual([]);
  });

  it.each([
    "elevenchars",
    "QWERTY123456",
    "iloveyou2024!",
    "abcabcabcabc",
    "password password",
    "annmiller-1234",
    "my Team-Board!!",
  ])("refuses %s", (password) => {
    expect(rules.check(password, owner)).toHaveLength(1);
  });

  const accepts = (password: string, of = rules, to = owner) => of.check(password, to).length === 0;

  it("requires 12 characters by default, or as many as the app wants", () => {
    const strict = createPasswordRules({ appName: "Team board", minLength: 16 });

    expect([rules.minLength, strict.minLength]).toEqual([12, 16]);
    expect([accepts("kx7wq-2pza4"), accepts("kx7wq-2pza4m")]).toEqual([false, true]);
    expect([accepts("kx7wq-2pza4mtu5", strict), accepts("kx7wq-2pza4mtu5g", strict)]).toEqual([false, true]);
  });

  it("counts characters as people do, also those of two parts", () => {
    const lax = createPasswordRules({ appName: "x", minLength: 8 });

    expect([accepts("🎉🎊🎈🎁🎀🎆🎇", lax), accepts("🎉🎊🎈🎁🎀🎆🎇✨", lax)]).toEqual([false, true]);
    expect(accepts("e\u0301a\u0301o\u0301u\u0301i\u0301k", lax)).toBe(false);
  });

  it("refuses a common password with as many digits after it, and accepts it with more", () => {
    expect([accepts("sunshine19283746"), accepts("sunshine192837465")]).toEqual([false, true]);
    expect(accepts("My sunshine 1928 is not it")).toBe(true);
  });

  it("requires five different characters", () => {
    expect([accepts("wxyzzyxwxzyw"), accepts("wxyzzyxwxzyv")]).toEqual([false, true]);
  });

  it("refuses repetitions of up to ten characters", () => {
    expect([accepts("qwmzlkxhgf".repeat(2)), accepts("qwmzlkxhgfp".repeat(2))]).toEqual([false, true]);
    expect([accepts("Qw-mz lk".repeat(2)), accepts("wqmxwqmxwqmz")]).toEqual([false, true]);
  });

  it("refuses names of four letters and more, however they are written", () => {
    const named = createPasswordRules({ appName: "Jo's" });

    expect([accepts("quiet anna morning", rules, { email: "an.na@example.com" })]).toEqual([false]);
    expect([accepts("quiet ann morning", rules, { email: "ann@example.com" })]).toEqual([true]);
    expect([accepts("a-quiet-example-walk", rules, { email: "ann@example.com" })]).toEqual([true]);
    expect(accepts("a jos of quiet walks", named)).toBe(true);
  });

  it("accepts 1024 bytes and no more", () => {
    const long = Array.from({ length: 1024 }, (_, index) => String.fromCharCode(97 + ((index * index) % 23))).join("");

    expect([accepts(long), rules.check(`${long}x`, owner)]).toEqual([true, ["Use at most 1024 characters."]]);
  });

  it("never goes below 8 characters", () => {
    const lax = createPasswordRules({ appName: "x", minLength: 1 });

    expect(lax.check("abcdefg", owner)).toHaveLength(1);
    expect(lax.check("kx7wq-2p", owner)).toEqual([]);
  });

  it("rejects a very long password immediately", () => {
    const began = performance.now();

    rules.check("a1".repeat(50_000), owner);

    expect(performance.now() - began).toBeLessThan(50);
  });
});

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
