import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createId, hashToken } from "../../base/index.ts";
import type { StoredSecondFactor } from "../second-factor/second-factors.ts";
import type { StoreCheck } from "./stores.ts";

function sampleFactor(): StoredSecondFactor {
  return { userId: createId(), secret: "sealed", lastStep: 58_000_000, createdAt: 1 };
}

/** What every `SecondFactorStore` must do. Run it against your own with any test runner. */
export const secondFactorStoreChecks: readonly StoreCheck<"secondFactors">[] = [
  {
    title: "returns a second factor as it was stored, and keeps one per user",
    async run({ secondFactors }) {
      const factor = sampleFactor();
      strictEqual(await secondFactors.insert(factor, [hashToken(factor.userId)]), true);
      strictEqual(await secondFactors.insert({ ...factor, secret: "another" }, []), false);
      deepStrictEqual(await secondFactors.find(factor.userId), factor);
      strictEqual(await secondFactors.countCodes(factor.userId), 1);
      strictEqual(await secondFactors.find(createId()), null);
    },
  },
  {
    title: "lets only one of several concurrent callers use a time step, and nobody use an earlier one",
    async run({ secondFactors }) {
      const factor = sampleFactor();
      await secondFactors.insert(factor, []);
      const step = factor.lastStep + 2;
      const used = await Promise.all(Array.from({ length: 8 }, () => secondFactors.useStep(factor.userId, step)));
      strictEqual(used.filter(Boolean).length, 1);
      strictEqual(await secondFactors.useStep(factor.userId, step - 1), false);
      strictEqual(await secondFactors.useStep(createId(), step), false);
    },
  },
  {
    title: "lets only one of several concurrent callers use a recovery code, and only for its owner",
    async run({ secondFactors }) {
      const factor = sampleFactor();
      const code = hashToken(`${factor.userId} a`);
      await secondFactors.insert(factor, [code, hashToken(`${factor.userId} b`)]);
      strictEqual(await secondFactors.useCode(createId(), code), false);
      const used = await Promise.all(Array.from({ length: 8 }, () => secondFactors.useCode(factor.userId, code)));
      strictEqual(used.filter(Boolean).length, 1);
      strictEqual(await secondFactors.countCodes(factor.userId), 1);
    },
  },
  {
    title: "replaces recovery codes, and deletes a factor with its codes",
    async run({ secondFactors }) {
      const factor = sampleFactor();
      const [old, renewed] = [hashToken(`${factor.userId} old`), hashToken(`${factor.userId} new`)];
      await secondFactors.insert(factor, [old]);
      await secondFactors.replaceCodes(factor.userId, [renewed]);
      strictEqual(await secondFactors.useCode(factor.userId, old), false);
      await secondFactors.delete(factor.userId);
      strictEqual(await secondFactors.find(factor.userId), null);
      strictEqual(await secondFactors.useCode(factor.userId, renewed), false);
    },
  },
];
