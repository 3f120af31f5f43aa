import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  createId,
  hashToken,
  type OpenSubject,
} from "../../base/index.ts";
import type { SecondFactorStore, StoredSecondFactor } from "../second-factor/second-factors.ts";
import type { StoreSubject } from "./stores.ts";

function sampleFactor(): StoredSecondFactor {
  return { userId: createId(), secret: "sealed", lastStep: 58_000_000, createdAt: 1 };
}

/** What every `SecondFactorStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function secondFactorStoreChecks(
  open: OpenSubject<StoreSubject<SecondFactorStore>>,
): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<StoreSubject<SecondFactorStore>>[] = [
  {
    name: "returns a second factor as it was stored, and keeps one per user",
    async test({ store }) {
      const factor = sampleFactor();
      strictEqual(await store.insert(factor, [hashToken(factor.userId)]), true);
      strictEqual(await store.insert({ ...factor, secret: "another" }, []), false);
      deepStrictEqual(await store.find(factor.userId), factor);
      strictEqual(await store.countCodes(factor.userId), 1);
      strictEqual(await store.find(createId()), null);
    },
  },
  {
    name: "lets only one of several concurrent callers use a time step, and nobody use an earlier one",
    async test({ store }) {
      const factor = sampleFactor();
      await store.insert(factor, []);
      const step = factor.lastStep + 2;
      const used = await Promise.all(Array.from({ length: 8 }, () => store.useStep(factor.userId, step)));
      strictEqual(used.filter(Boolean).length, 1);
      strictEqual(await store.useStep(factor.userId, step - 1), false);
      strictEqual(await store.useStep(createId(), step), false);
    },
  },
  {
    name: "lets only one of several concurrent callers use a recovery code, and only for its owner",
    async test({ store }) {
      const factor = sampleFactor();
      const code = hashToken(`${factor.userId} a`);
      await store.insert(factor, [code, hashToken(`${factor.userId} b`)]);
      strictEqual(await store.useCode(createId(), code), false);
      const used = await Promise.all(Array.from({ length: 8 }, () => store.useCode(factor.userId, code)));
      strictEqual(used.filter(Boolean).length, 1);
      strictEqual(await store.countCodes(factor.userId), 1);
    },
  },
  {
    name: "remembers the newest time step that was used",
    async test({ store }) {
      const factor = sampleFactor();
      await store.insert(factor, []);
      strictEqual(await store.useStep(factor.userId, factor.lastStep), false);
      strictEqual(await store.useStep(factor.userId, factor.lastStep + 1), true);
      deepStrictEqual(await store.find(factor.userId), { ...factor, lastStep: factor.lastStep + 1 });
    },
  },
  {
    name: "counts no codes of those who have none, and forgets old ones for a new factor",
    async test({ store }) {
      const factor = sampleFactor();
      const [old, renewed] = [hashToken(`${factor.userId} old`), hashToken(`${factor.userId} new`)];
      strictEqual(await store.countCodes(factor.userId), 0);
      strictEqual(await store.useCode(factor.userId, old), false);
      await store.replaceCodes(factor.userId, [old]);
      strictEqual(await store.insert(factor, [renewed]), true);
      strictEqual(await store.countCodes(factor.userId), 1);
      strictEqual(await store.useCode(factor.userId, old), false);
    },
  },
  {
    name: "leaves what belongs to others alone",
    async test({ store }) {
      const [factor, other] = [sampleFactor(), sampleFactor()];
      await store.insert(factor, [hashToken(`${factor.userId} a`)]);
      await store.insert(other, [hashToken(`${other.userId} a`)]);
      await store.useStep(factor.userId, factor.lastStep + 3);
      await store.replaceCodes(factor.userId, []);
      await store.delete(factor.userId);
      deepStrictEqual(await store.find(other.userId), other);
      deepStrictEqual([await store.countCodes(factor.userId), await store.countCodes(other.userId)], [0, 1]);
    },
  },
  {
    name: "replaces recovery codes, and deletes a factor with its codes",
    async test({ store }) {
      const factor = sampleFactor();
      const [old, renewed] = [hashToken(`${factor.userId} old`), hashToken(`${factor.userId} new`)];
      await store.insert(factor, [old]);
      await store.replaceCodes(factor.userId, [renewed]);
      strictEqual(await store.useCode(factor.userId, old), false);
      await store.delete(factor.userId);
      strictEqual(await store.find(factor.userId), null);
      strictEqual(await store.useCode(factor.userId, renewed), false);
    },
  },
];
