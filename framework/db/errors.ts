import { KitError, reasonOf } from "../base/index.ts";

/** `address` must not contain a password. */
export function databaseUrlInvalid(facts: { setting: string; address: string }): KitError {
  return new KitError({
    code: "DB_URL_INVALID",
    message: `${facts.setting} is "${facts.address}", expected sqlite:<file>, postgres://… or mysql://….`,
    hint: `Set ${facts.setting}, for example to sqlite:data/app.db or postgres://user:password@localhost:5432/app.`,
  });
}

export function sqliteUnopenable(facts: { setting: string; address: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_UNREACHABLE",
    message: `${facts.setting}: cannot open the database at ${facts.address}: ${reasonOf(facts.cause)}`,
    hint: "Check that the folder exists and that this user can write to it and to the file.",
    status: 503,
    cause: facts.cause,
  });
}

export function databaseUnreachable(facts: { setting: string; address: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_UNREACHABLE",
    message: `${facts.setting}: cannot open the database at ${facts.address}: ${reasonOf(facts.cause)}`,
    hint: `Check that the server is running, that the database exists, and the user and password in ${facts.setting}.`,
    status: 503,
    cause: facts.cause,
  });
}
