import { describe, expect, it } from "vitest";
import { hashToken } from "../../base/index.ts";
import { createMemoryTokenStore } from "./memory-token-store.ts";
import { createTokens, type TokenPurpose } from "./tokens.ts";

const hour = 60 * 60 * 1000;
const ann = { userId: "u1", email: "ann@example.com" };

function prepare() {
  const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time };
  const store = createMemoryTokenStore();
  return { clock, store, tokens: createTokens({ store, clock }) };
}

describe("createTokens", () => {
  it.each([
    ["verify-email", 24],
    ["reset-password", 1],
    ["approve-email-change", 24],
    ["change-email", 24],
  ] satisfies [TokenPurpose, number][])("creates tokens to %s that are valid for %i hours", async (purpose, hours) => {
    const { clock, tokens } = prepare();
    const token = await tokens.create({ ...ann, purpose });

    clock.time += hours * hour - 1;
    const before = await tokens.look(token, purpose);
    clock.time += 1;

    expect(before).toMatchObject({ ...ann, purpose, createdAt: clock.time - hours * hour, expiresAt: clock.time });
    expect(await tokens.look(token, purpose)).toBeNull();
    expect(await tokens.take(token, purpose)).toBeNull();
  });

  it("stores nothing but the hash", async () => {
    const { store, tokens } = prepare();

    const token = await tokens.create({ ...ann, purpose: "verify-email" });

    expect(token).toMatch(/^[\w-]{43}$/);
    expect((await store.find(hashToken(token)))?.id).toBe(hashToken(token));
    expect(await store.find(token)).toBeNull();
  });

  it("looks at a token as often as somebody wants, and lets it be used once, for its purpose", async () => {
    const { tokens } = prepare();
    const token = await tokens.create({ ...ann, purpose: "verify-email" });

    const looked = [await tokens.look(token, "verify-email"), await tokens.look(token, "verify-email")];
    const wrong = [await tokens.look(token, "change-email"), await tokens.take(token, "change-email")];
    const taken = [await tokens.take(token, "verify-email"), await tokens.take(token, "verify-email")];

    expect([...looked, ...wrong, ...taken].map((found) => found !== null)).toEqual([
      ...[true, true, false, false],
      ...[true, false],
    ]);
  });

  it("asks the store for nothing when a link can't hold a token", async () => {
    const { store, tokens } = prepare();
    const asked: string[] = [];
    store.find = async (id) => {
      asked.push(id);
      return null;
    };

    const odd = ["", "a".repeat(42), "a".repeat(44), `${"a".repeat(42)}.`, `.${"a".repeat(43)}`, `${"a".repeat(43)}\n`];
    for (const token of [...odd, "a".repeat(43)]) await tokens.look(token, "verify-email");

    expect(asked).toEqual([hashToken("a".repeat(43))]);
  });

  it("deletes those of a user, and those that have expired", async () => {
    const { clock, tokens } = prepare();
    await tokens.create({ ...ann, purpose: "reset-password" });
    const verifying = await tokens.create({ ...ann, purpose: "verify-email" });
    clock.time += hour;

    const expired = await tokens.deleteExpired();
    const kept = await tokens.look(verifying, "verify-email");
    await tokens.deleteForUser("u1");

    expect([expired, kept === null, await tokens.look(verifying, "verify-email")]).toEqual([1, false, null]);
  });
});
