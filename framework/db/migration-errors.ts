import { KitError } from "../base/index.ts";
import { failingStatement } from "./driver-errors.ts";
import { reasonOf } from "./errors.ts";

export function migrationFolderMissing(facts: { folder: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_MIGRATION_FOLDER_MISSING",
    message: `The migration folder ${facts.folder} cannot be read: ${reasonOf(facts.cause)}`,
    hint: "Create it, or correct the list of folders.",
    cause: facts.cause,
  });
}

export function migrationNameTwice(facts: { name: string }): KitError {
  return new KitError({
    code: "DB_MIGRATION_NAME_TWICE",
    message: `Two migrations are named "${facts.name}", expected each name once.`,
    hint: "Give the younger one another name; names of applied migrations must stay.",
  });
}

export function migrationUnreadable(facts: { path: string; problem: string; cause?: unknown }): KitError {
  return new KitError({
    code: "DB_MIGRATION_UNREADABLE",
    message: `The migration ${facts.path} cannot be loaded: ${facts.problem}.`,
    hint: "A migration exports `up(db)` and, to be undone, `down(db)`. TypeScript files need tsx, or run the build first.",
    cause: facts.cause,
  });
}

export function migrationFailed(facts: { name: string; direction: "up" | "down"; cause: unknown }): KitError {
  const statement = failingStatement(facts.cause);
  const at = statement === undefined ? "" : `\n  ${statement}`;
  return new KitError({
    code: "DB_MIGRATION_FAILED",
    message: `The migration "${facts.name}" (${facts.direction}) failed: ${reasonOf(facts.cause)}${at}`,
    hint: "Later migrations were not run. MySQL keeps the statements before the failing one; the others undo them.",
    cause: facts.cause,
  });
}

export function migrationMissing(facts: { names: readonly string[] }): KitError {
  return new KitError({
    code: "DB_MIGRATION_MISSING",
    message: `Applied migrations have no file any more: ${facts.names.join(", ")}.`,
    hint: "Bring the files back; a migration that ran somewhere is never deleted or renamed.",
  });
}

export function noDownMigration(facts: { name: string }): KitError {
  return new KitError({
    code: "DB_NO_DOWN_MIGRATION",
    message: `The migration "${facts.name}" has no down migration, so nothing was undone.`,
    hint: "Export a function `down` from its file, or write a new migration that changes the schema back.",
  });
}

export function migrationLocked(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "DB_MIGRATION_LOCKED",
    message: "Another process is migrating this database and did not finish in time.",
    hint: "Wait for it, then run the migrations again; what it has applied is skipped.",
    status: 503,
    cause: facts.cause,
  });
}
