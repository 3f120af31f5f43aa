import { describe, expect, it } from "vitest";
import { hashToken } from "../../base/index.ts";
import { createSigner } from "../../secure/index.ts";
import { createMemorySecondFactorStore } from "./memory-second-factor-store.ts";
import { createSecondFactors, inGroups } from "./second-factors.ts";
import { totpCode } from "./totp.ts";

async function prepare() {
  const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time };
  const store = createMemorySecondFactorStore();
  const signer = createSigner(["a secret for tests that is long enough"]);
  const factors = createSecondFactors({ store, signer, clock });
  const { secret, setup } = factors.propose("u1");
  const codes = (await factors.turnOn("u1", setup, totpCode(secret, clock.time))) ?? [];
  const code = (distanceMs = 0) => totpCode(secret, clock.time + distanceMs);
  return { clock, store, factors, secret, codes, code };
}

describe("createSecondFactors", () => {
  it("turns on after the first code and returns ten recovery codes", async () => {
    const { factors, codes } = await prepare();

    expect(await factors.isOn("u1")).toBe(true);
    expect(new Set(codes).size).toBe(10);
    expect(codes[0]).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
  });

  it("stays off after a wrong code, another user's setup, or an expired setup", async () => {
    const { factors, clock } = await prepare();
    const { secret, setup } = factors.propose("u2");

    const wrong = await factors.turnOn("u2", setup, "000000");
    const foreign = await factors.turnOn("u3", setup, totpCode(secret, clock.time));
    clock.time += 15 * 60_000;
    const late = await factors.turnOn("u2", setup, totpCode(secret, clock.time));

    expect([wrong, foreign, late]).toEqual([null, null, null]);
    expect(await factors.isOn("u2")).toBe(false);
  });

  it("stores the secret sealed and the recovery codes as hashes", async () => {
    const { store, secret, codes } = await prepare();

    const stored = JSON.stringify(await store.find("u1"));

    expect(stored).not.toContain(secret);
    expect(await store.useCode("u1", codes[0] ?? "")).toBe(false);
  });

  it("accepts a code once, and no earlier code after it", async () => {
    const { factors, clock, code } = await prepare();
    clock.time += 60_000;
    const [earlier, now] = [code(-30_000), code()];

    const results = [
      await factors.check("u1", now),
      await factors.check("u1", now),
      await factors.check("u1", earlier),
    ];

    expect(results).toEqual(["app", null, null]);
  });

  it("doesn't accept the code that turned it on a second time", async () => {
    const { factors, code } = await prepare();

    expect(await factors.check("u1", code())).toBeNull();
  });

  it("groups keys and codes by four", () => {
    expect([inGroups("ABCDEFGHIJ"), inGroups("ABCD"), inGroups("")]).toEqual(["ABCD-EFGH-IJ", "ABCD", ""]);
  });

  it("accepts a code only once when it is submitted several times at once", async () => {
    const { factors, clock, code } = await prepare();
    clock.time += 60_000;

    const results = await Promise.all(Array.from({ length: 20 }, () => factors.check("u1", code())));

    expect(results.filter(Boolean)).toEqual(["app"]);
  });

  it("accepts each recovery code once, however it is typed", async () => {
    const { factors, codes } = await prepare();
    const typed = (codes[0] ?? "").toLowerCase().replaceAll("-", " ");

    const results = [await factors.check("u1", typed), await factors.check("u1", typed)];

    expect(results).toEqual(["recovery", null]);
    expect(await factors.countRecoveryCodes("u1")).toBe(9);
  });

  it("stores the hashes that earlier versions stored, so that printed codes stay valid", async () => {
    const { factors, store } = await prepare();
    await store.replaceCodes("u1", [hashToken("u1 ABCDEFGHIJKLMN23")]);

    expect(await factors.check("u1", "abcd-EFGH ijkl-mn23")).toBe("recovery");
    expect(await factors.countRecoveryCodes("u1")).toBe(0);
  });

  it("opens a setup for its user alone, for a quarter of an hour", async () => {
    const { factors, clock } = await prepare();
    const proposed = factors.propose("u2");
    const opened = () => factors.openSetup("u2", proposed.setup);
    const [own, other, forged] = [opened(), factors.openSetup("u3", proposed.setup), factors.openSetup("u2", "x")];

    clock.time += 15 * 60_000 - 1;
    const last = opened();
    clock.time += 1;

    expect([own, other, forged, last, opened()]).toEqual([proposed, null, null, proposed, null]);
  });

  it("accepts nothing from a store that holds the secret of somebody else", async () => {
    const { factors, store, clock, code } = await prepare();
    const stored = await store.find("u1");
    if (stored) await store.insert({ ...stored, userId: "u2" }, []);
    clock.time += 60_000;

    expect([await factors.check("u2", code()), await factors.check("u1", code())]).toEqual([null, "app"]);
  });

  it("rejects another user's code", async () => {
    const { factors, codes, code, clock } = await prepare();
    clock.time += 60_000;

    expect([await factors.check("u2", code()), await factors.check("u2", codes[0] ?? "")]).toEqual([null, null]);
  });

  it("deletes old recovery codes when it creates new ones, and everything when it is turned off", async () => {
    const { factors, codes } = await prepare();

    const renewed = await factors.renewRecoveryCodes("u1");
    const old = await factors.check("u1", codes[0] ?? "");
    await factors.turnOff("u1");
    const afterwards = await factors.check("u1", renewed[0] ?? "");

    expect([old, afterwards, await factors.isOn("u1")]).toEqual([null, null, false]);
  });
});
