import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createId, hashToken } from "../../base/index.ts";
import type { SecondFactorStore, StoredSecondFactor } from "../second-factor/second-factors.ts";

/** One promise that all stores of second factors keep. */
export interface SecondFactorCheck {
  readonly title: string;
  run(store: SecondFactorStore): Promise<void>;
}

const someFactor = (): StoredSecondFactor => ({
  userId: createId(),
  secret: "sealed",
  lastStep: 58_000_000,
  createdAt: 1,
});
const hash = (text: string) => hashToken(text);

/** What every `SecondFactorStore` must do; run them against a store of your own. */
export const secondFactorChecks: readonly SecondFactorCheck[] = [
  {
    title: "keeps a second factor as it was, one for each user",
    async run(store) {
      const factor = someFactor();
      strictEqual(await store.insert(factor, [hash(factor.userId)]), true);
      strictEqual(await store.insert({ ...factor, secret: "another" }, []), false);
      deepStrictEqual(await store.find(factor.userId), factor);
      strictEqual(await store.countCodes(factor.userId), 1);
      strictEqual(await store.find(createId()), null);
    },
  },
  {
    title: "lets one of many use a time step up, and nobody an earlier one",
    async run(store) {
      const factor = someFactor();
      await store.insert(factor, []);
      const step = factor.lastStep + 2;
      const results = await Promise.all(Array.from({ length: 8 }, () => store.useStep(factor.userId, step)));
      strictEqual(results.filter(Boolean).length, 1);
      strictEqual(await store.useStep(factor.userId, step - 1), false);
      strictEqual(await store.useStep(createId(), step), false);
    },
  },
  {
    title: "lets one of many use a recovery code up, and only its owner",
    async run(store) {
      const factor = someFactor();
      const code = hash(`${factor.userId} a`);
      await store.insert(factor, [code, hash(`${factor.userId} b`)]);
      strictEqual(await store.useCode(createId(), code), false);
      const results = await Promise.all(Array.from({ length: 8 }, () => store.useCode(factor.userId, code)));
      strictEqual(results.filter(Boolean).length, 1);
      strictEqual(await store.countCodes(factor.userId), 1);
    },
  },
  {
    title: "puts new recovery codes in the place of old ones, and forgets everything",
    async run(store) {
      const factor = someFactor();
      const [old, renewed] = [hash(`${factor.userId} old`), hash(`${factor.userId} new`)];
      await store.insert(factor, [old]);
      await store.replaceCodes(factor.userId, [renewed]);
      strictEqual(await store.useCode(factor.userId, old), false);
      await store.delete(factor.userId);
      strictEqual(await store.find(factor.userId), null);
      strictEqual(await store.useCode(factor.userId, renewed), false);
    },
  },
];
