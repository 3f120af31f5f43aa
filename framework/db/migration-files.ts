import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Kysely } from "kysely";
import { migrationFolderMissing, migrationNameTwice, migrationUnreadable } from "./migration-errors.ts";

/** One step of the schema. Written for a schema that no type describes yet, hence `unknown`. */
export interface Migration {
  up(db: Kysely<unknown>): Promise<void>;
  down?(db: Kysely<unknown>): Promise<void>;
  /** False runs it outside of a transaction, for statements that forbid one; true unless given. */
  readonly transaction?: boolean;
}

/** A migration with the name under which it is remembered: that of its file, without the ending. */
export interface NamedMigration extends Migration {
  readonly name: string;
  /** Tells whether the file was edited after it ran; undefined for migrations that did not come from a file. */
  readonly checksum?: string;
  /** Which folder it came from: order is only judged within one. */
  readonly origin: string;
}

const endings = new Set([".ts", ".mts", ".js", ".mjs"]);

/**
 * Reads every migration of the folders, in order of their names. Runs under tsx and after a build alike, as a name leaves out the
 * ending. Throws `DB_MIGRATION_FOLDER_MISSING`, `DB_MIGRATION_UNREADABLE`.
 */
export async function readMigrationFolders(folders: readonly string[]): Promise<NamedMigration[]> {
  const found = (await Promise.all(folders.map(readFolder))).flat();
  return sortMigrations(found);
}

/** Puts migrations in the order of their names; refuses a name that occurs twice (`DB_MIGRATION_NAME_TWICE`). */
export function sortMigrations(migrations: readonly NamedMigration[]): NamedMigration[] {
  const sorted = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
  sorted.forEach((migration, index) => {
    if (migration.name === sorted[index + 1]?.name) throw migrationNameTwice({ name: migration.name });
  });
  return sorted;
}

async function readFolder(folder: string): Promise<NamedMigration[]> {
  const files = (await listFolder(folder)).filter(isMigrationFile).sort();
  return await Promise.all(files.map((file) => readMigration(folder, file)));
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw migrationFolderMissing({ folder, cause });
  }
}

function isMigrationFile(file: string): boolean {
  return endings.has(extname(file)) && !/\.(?:d|test)\.[a-z]+$/.test(file);
}

async function readMigration(folder: string, file: string): Promise<NamedMigration> {
  const path = join(folder, file);
  const [source, loaded] = await Promise.all([readFile(path), load(path)]);
  return {
    ...loaded,
    name: file.slice(0, -extname(file).length),
    origin: folder,
    checksum: checksumOf(source, extname(file)),
  };
}

// A compiled file differs from its source, so each is compared with its own kind alone.
function checksumOf(source: Buffer, ending: string): string {
  return `${ending.slice(1)}:${createHash("sha256").update(source).digest("hex")}`;
}

async function load(path: string): Promise<Migration> {
  let exported: unknown;
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw migrationUnreadable({ path, problem: cause instanceof Error ? cause.message : String(cause), cause });
  }
  if (!isMigration(exported)) throw migrationUnreadable({ path, problem: "it exports no function `up`" });
  return exported;
}

function isMigration(value: unknown): value is Migration {
  if (typeof value !== "object" || value === null || !("up" in value)) return false;
  return typeof value.up === "function" && (!("down" in value) || typeof value.down === "function");
}
