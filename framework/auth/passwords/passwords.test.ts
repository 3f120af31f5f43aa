import { hash } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { createPasswordRules } from "./password-rules.ts";
import { createPasswords } from "./passwords.ts";

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
    expect(await createPasswords().check("wrong", weak)).toEqual({ ok: false, isOutdated: false });
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
