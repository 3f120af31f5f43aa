import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isRecord } from "../base/index.ts";
import { withQueryTimeout } from "../db/index.ts";
import { migrationsPending, seedsInProduction, seedUnreadable } from "./errors.ts";
import type { Kit } from "./kit.ts";

/**
 * Fills a development database with sample data. Each file in `seeds/` exports one as `seed`. It may run many times, so it should use
 * `upsert`, `kit.auth.addUser` and the like.
 */
export type Seed = (kit: Kit) => Promise<void> | void;

export interface RunSeedsOptions {
  /** Where the seed files are. Default: `seeds` in the app's folder. */
  readonly folder?: string;
  /** Runs only the file with this name, with or without its extension. */
  readonly only?: string;
  /** Also runs them in production. Default: false. */
  readonly force?: boolean;
}

const extensions = new Set([".ts", ".tsx", ".mts", ".js", ".mjs"]);

/**
 * Runs the seeds in order of their file names, each in its own transaction, and returns the names. Throws `KIT_SEEDS_IN_PRODUCTION`,
 * `KIT_MIGRATIONS_PENDING` or `KIT_SEED_UNREADABLE`.
 */
export async function runSeeds(kit: Kit, options: RunSeedsOptions = {}): Promise<readonly string[]> {
  const { folder = join(kit.root, "seeds"), only, force = false } = options;
  if (!kit.dev && !force) throw seedsInProduction();
  const { pending } = await kit.migrator.status();
  if (pending.length > 0) throw migrationsPending({ names: pending });
  const done: string[] = [];
  for (const file of await seedFiles(folder)) {
    const name = file.slice(0, -extname(file).length);
    if (only !== undefined && only !== name && only !== file) continue;
    const seed = await loadSeed(join(folder, file));
    await withQueryTimeout(Number.POSITIVE_INFINITY, () => kit.db.transaction().execute(async () => seed(kit)));
    done.push(name);
  }
  return done;
}

async function seedFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const files = await readdir(folder);
  return files.filter((file) => extensions.has(extname(file)) && !/\.(?:d|test)\.[a-z]+$/.test(file)).sort();
}

async function loadSeed(file: string): Promise<Seed> {
  const module: unknown = await import(pathToFileURL(file).href);
  if (!hasSeed(module)) throw seedUnreadable({ file });
  return module.seed;
}

function hasSeed(module: unknown): module is { readonly seed: Seed } {
  return isRecord(module) && typeof module.seed === "function";
}
