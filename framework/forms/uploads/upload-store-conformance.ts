import { deepStrictEqual, match, notStrictEqual, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  type ConformanceSubject,
  createChecks,
  type OpenSubject,
} from "../../base/index.ts";
import type { UploadedFile } from "./file-field.ts";
import type { UploadStore } from "./upload-store.ts";

/** An upload store under test. */
export interface UploadStoreSubject extends ConformanceSubject {
  readonly store: UploadStore;
}

/** The smallest PNG: one transparent pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const picture: UploadedFile = { bytes: png, kind: "image/png" };

/** What every `UploadStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function uploadStoreChecks(open: OpenSubject<UploadStoreSubject>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<UploadStoreSubject>[] = [
  {
    name: "keeps a file under a generated name until it is deleted",
    async test({ store }) {
      const name = await store.save(picture);
      match(name, /^[\w-]{43}\.png$/);
      const read = await store.read(name);
      strictEqual(read?.kind, "image/png");
      deepStrictEqual(Buffer.from(read.bytes), png);
      await store.delete(name);
      strictEqual(await store.read(name), null);
    },
  },
  {
    name: "gives each file a name of its own, even with the same content",
    async test({ store }) {
      const [one, other] = await Promise.all([store.save(picture), store.save(picture)]);
      notStrictEqual(one, other);
      await store.delete(one ?? "");
      notStrictEqual(await store.read(other ?? ""), null);
    },
  },
  ...["../secret.png", "..%2fsecret.png", "/etc/passwd", "", ".", `${"a".repeat(43)}.png`, "a\u0000.png"].map(
    (name): ConformanceRule<UploadStoreSubject> => ({
      name: `finds nothing under the name ${JSON.stringify(name)}, and deletes nothing`,
      async test({ store }) {
        const kept = await store.save(picture);
        strictEqual(await store.read(name), null);
        await store.delete(name);
        notStrictEqual(await store.read(kept), null);
      },
    }),
  ),
];
