import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ledgerTampered } from "./errors.ts";

const entrySchema = z.object({
  /** Where the files came from: `package@version` or a URL. */
  source: z.string(),
  /** Asset path of the module. */
  to: z.string(),
  /** Asset paths of all its files. */
  files: z.array(z.string()),
});

/** What was vendored for one specifier. */
export type VendorEntry = Readonly<z.infer<typeof entrySchema>>;

/** Records which files in `public/vendor` belong to which specifier. Files it doesn't list are never touched. */
export interface VendorLedger {
  entries(): ReadonlyMap<string, VendorEntry>;
  /** Writes files (asset path to content) and records them; deletes files of an earlier entry that nothing else needs. */
  write(specifier: string, entry: VendorEntry, contents: ReadonlyMap<string, string>): void;
  /** Deletes an entry and the files nothing else needs. */
  remove(specifier: string): void;
}

/** Opens the ledger of a `public` folder, stored in `vendor/vendored.json`. */
export function openVendorLedger(publicFolder: string): VendorLedger {
  const file = join(publicFolder, "vendor", "vendored.json");
  const entries = new Map<string, VendorEntry>(existsSync(file) ? Object.entries(readEntries(file)) : []);

  function save(): void {
    mkdirSync(dirname(file), { recursive: true });
    const sorted = Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  }

  function drop(candidates: readonly string[]): void {
    const needed = new Set([...entries.values()].flatMap((entry) => entry.files));
    for (const path of candidates) if (!needed.has(path)) rmSync(join(publicFolder, path), { force: true });
  }

  return {
    entries: () => entries,
    write(specifier, entry, contents) {
      const before = entries.get(specifier)?.files ?? [];
      for (const [path, content] of contents) {
        mkdirSync(dirname(join(publicFolder, path)), { recursive: true });
        writeFileSync(join(publicFolder, path), content);
      }
      entries.set(specifier, entry);
      drop(before);
      save();
    },
    remove(specifier) {
      const before = entries.get(specifier)?.files ?? [];
      entries.delete(specifier);
      drop(before);
      save();
    },
  };
}

function readEntries(file: string): Record<string, VendorEntry> {
  const entries = z.record(z.string(), entrySchema).parse(JSON.parse(readFileSync(file, "utf8")));
  // Someone may have edited the file, and the paths in it get deleted.
  for (const path of Object.values(entries).flatMap((entry) => entry.files)) {
    if (!path.startsWith("vendor/") || path.includes("..")) throw ledgerTampered({ path });
  }
  return entries;
}
