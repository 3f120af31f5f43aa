import { KitError, reasonOf } from "../../base/index.ts";
import { failingStatement, refusalOf } from "../drivers/driver-errors.ts";

export function migrationFolderMissing(facts: { folder: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_MIGRATION_FOLDER_MISSING",
    message: `Cannot read the migration folder ${facts.folder}: ${reasonOf(facts.cause)}`,
    hint: "Create the folder, or fix the list of folders.",
    cause: facts.cause,
  });
}

export function migrationNameTwice(facts: { name: string }): KitError {
  return new KitError({
    code: "DB_MIGRATION_NAME_TWICE",
    message: `Two migrations are named "${facts.name}", but names must be unique.`,
    hint: "Rename the newer one. Never rename a migration that has been applied.",
  });
}

export function migrationUnreadable(facts: { path: string; problem: string; cause?: unknown }): KitError {
  return new KitError({
    code: "DB_MIGRATION_UNREADABLE",
    message: `Cannot load the migration ${facts.path}: ${facts.problem}.`,
    hint: "A migration exports `up(db)`, and `down(db)` if it can be undone. TypeScript files need tsx, or a build.",
    cause: facts.cause,
  });
}

export function migrationFailed(facts: { name: string; direction: "up" | "down"; cause: unknown }): KitError {
  const statement = failingStatement(facts.cause);
  const at = statement === undefined ? "" : `\n  ${statement}`;
  return new KitError({
    code: "DB_MIGRATION_FAILED",
    message: `The migration "${facts.name}" (${facts.direction}) failed: ${refusalOf(facts.cause)}${at}`,
    hint: "Later migrations did not run. MySQL keeps the statements before the failing one; SQLite and PostgreSQL roll them back.",
    cause: facts.cause,
  });
}

export function migrationMissing(facts: { names: readonly string[] }): KitError {
  return new KitError({
    code: "DB_MIGRATION_MISSING",
    message: `The files of these applied migrations are missing: ${facts.names.join(", ")}.`,
    hint: "Restore the files. Never delete or rename a migration that has been applied anywhere.",
  });
}

export function noDownMigration(facts: { name: string }): KitError {
  return new KitError({
    code: "DB_NO_DOWN_MIGRATION",
    message: `The migration "${facts.name}" has no down migration, so nothing was undone.`,
    hint: "Export a `down` function from its file, or write a new migration that reverts the change.",
  });
}

export function migrationLocked(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "DB_MIGRATION_LOCKED",
    message: "Another process is migrating this database and didn't finish in time.",
    hint: "Wait until it is done, then run the migrations again. Migrations it applied are skipped.",
    status: 503,
    cause: facts.cause,
  });
}
