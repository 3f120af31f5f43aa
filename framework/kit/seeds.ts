import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isRecord } from "../base/index.ts";
import { migrationsPending, seedsInProduction, seedUnreadable } from "./errors.ts";
import type { Kit } from "./kit.ts";

/**
 * Fills the database of a developer with something to look at; a file of `seeds/` exports one as `seed`. It may run many times, so it
 * uses `upsert`, `kit.auth.addUser` and the like.
 */
export type Seed = (kit: Kit) => Promise<void> | void;

export interface RunSeedsOptions {
  /** Where the files are; `seeds/` in the app's folder unless given. */
  readonly folder?: string;
  /** Only the file of this name, with or without its ending. */
  readonly only?: string | undefined;
  /** Runs them in production too. False unless given. */
  readonly force?: boolean;
}

const endings = new Set([".ts", ".tsx", ".mts", ".js", ".mjs"]);

/**
 * Runs the seeds in order of their names, each in a transaction of its own, and gives the names. Throws `KIT_SEEDS_IN_PRODUCTION`,
 * `KIT_MIGRATIONS_PENDING`, `KIT_SEED_UNREADABLE`.
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
    await kit.db.transaction().execute(async () => seed(kit));
    done.push(name);
  }
  return done;
}

async function seedFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const files = await readdir(folder);
  return files.filter((file) => endings.has(extname(file)) && !/\.(?:d|test)\.[a-z]+$/.test(file)).sort();
}

async function loadSeed(file: string): Promise<Seed> {
  const module: unknown = await import(pathToFileURL(file).href);
  if (!hasSeed(module)) throw seedUnreadable({ file });
  return module.seed;
}

function hasSeed(module: unknown): module is { readonly seed: Seed } {
  return isRecord(module) && typeof module.seed === "function";
}
