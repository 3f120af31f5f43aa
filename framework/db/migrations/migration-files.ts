import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Kysely } from "kysely";
import { codeFolder, reasonOf } from "../../base/index.ts";
import { migrationFolderMissing, migrationNameTwice, migrationUnreadable } from "./errors.ts";

/** One change to the schema. No type describes the schema at that point, hence `unknown`. */
export interface Migration {
  up(db: Kysely<unknown>): Promise<void>;
  down?(db: Kysely<unknown>): Promise<void>;
  /** False runs it outside a transaction, for statements that don't allow one. Default: true. */
  readonly transaction?: boolean;
}

/** A migration with the name that is recorded for it: the file name without its extension. */
export interface NamedMigration extends Migration {
  readonly name: string;
  /** Shows whether the file was edited after it ran. Undefined if the migration didn't come from a file. */
  readonly checksum?: string;
  /** Those of the same text with other line ends or a byte order mark, as other systems check it out. */
  readonly otherChecksums?: readonly string[];
  /** The folder it came from. Order is only checked within one folder. */
  readonly origin: string;
}

const extensions = new Set([".ts", ".mts", ".js", ".mjs"]);

/** The folder of the framework's own migrations, in its source and in its build alike. */
export function frameworkMigrations(): string {
  return join(codeFolder(), "migrations");
}

/** The migration folders of an app: the framework's, then `migrations/` below `root` if it exists. */
export function migrationFolders(root: string): readonly string[] {
  const own = frameworkMigrations();
  const app = join(root, "migrations");
  return existsSync(app) && app !== own ? [own, app] : [own];
}

/**
 * Reads the migrations of all folders, sorted by name. Names have no extension, so they are the same under tsx and after a build.
 * Throws `DB_MIGRATION_FOLDER_MISSING`, `DB_MIGRATION_UNREADABLE`.
 */
export async function readMigrationFolders(folders: readonly string[]): Promise<NamedMigration[]> {
  const found = (await Promise.all(folders.map(readFolder))).flat();
  return sortMigrations(found);
}

/** Sorts migrations by name. Throws `DB_MIGRATION_NAME_TWICE`. */
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
  return extensions.has(extname(file)) && !/\.(?:d|test)\.[a-z]+$/.test(file);
}

async function readMigration(folder: string, file: string): Promise<NamedMigration> {
  const path = join(folder, file);
  const [source, loaded] = await Promise.all([readFile(path), load(path)]);
  return {
    ...loaded,
    name: file.slice(0, -extname(file).length),
    origin: folder,
    ...checksumsOf(source, extname(file)),
  };
}

function checksumsOf(source: Buffer, extension: string): Pick<NamedMigration, "checksum" | "otherChecksums"> {
  const text = source
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n");
  const [checksum, ...otherChecksums] = ["", "\uFEFF"]
    .flatMap((mark) => [mark + text, mark + text.replaceAll("\n", "\r\n")])
    .map((variant) => checksumOf(variant, extension));
  return { checksum, otherChecksums: [...otherChecksums, checksumOf(source, extension)] };
}

// A compiled file differs from its source, so the checksum says which of the two it belongs to.
function checksumOf(source: Buffer | string, extension: string): string {
  return `${extension.slice(1)}:${createHash("sha256").update(source).digest("hex")}`;
}

async function load(path: string): Promise<Migration> {
  let exported: unknown;
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw migrationUnreadable({ path, problem: reasonOf(cause), cause });
  }
  if (!isMigration(exported)) throw migrationUnreadable({ path, problem: "it doesn't export a function `up`" });
  return exported;
}

function isMigration(value: unknown): value is Migration {
  if (typeof value !== "object" || value === null || !("up" in value)) return false;
  return typeof value.up === "function" && (!("down" in value) || typeof value.down === "function");
}
