import { KitError } from "../../base/index.ts";

export function databaseBusy(facts: { waitedMs: number; cause: unknown }): KitError {
  return new KitError({
    code: "DB_BUSY",
    message: `Another process kept the SQLite database locked for ${facts.waitedMs} ms.`,
    hint: "Keep transactions short. If many processes write, use PostgreSQL.",
    status: 503,
    cause: facts.cause,
  });
}

export function controlledInsideTransaction(): KitError {
  return new KitError({
    code: "DB_CONTROLLED_INSIDE_TRANSACTION",
    message: "startTransaction() was called inside transaction().execute(…), where a transaction is already open.",
    hint: "Use transaction().execute(…) here too: inside another transaction it becomes a savepoint.",
  });
}
