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

export function connectionBusy(facts: { waitedMs: number }): KitError {
  return new KitError({
    code: "DB_CONNECTION_BUSY",
    message: `A query waited ${facts.waitedMs} ms for another one of the same transaction, which didn't end.`,
    hint: "While a stream is read or a nested transaction runs, the queries around it wait. Don't await them inside it; collect the rows first.",
    status: 503,
  });
}

export function transactionEnded(facts: { state: "ending" | "committed" | "rolled back" }): KitError {
  const end = facts.state === "ending" ? "ended" : `been ${facts.state}`;
  return new KitError({
    code: "DB_TRANSACTION_ENDED",
    message: `This work was started inside a transaction that has already ${end}, so it can't be part of it.`,
    hint: "Await everything that a transaction starts. Wrap what should go on after it in outsideTransaction().",
  });
}

export function streamCut(): KitError {
  return new KitError({
    code: "DB_STREAM_CUT",
    message: "The transaction ended before the stream of its rows was read to the end.",
    hint: "Read the rows before the transaction ends, or stream them outside a transaction.",
  });
}

export function connectionReleased(): KitError {
  return new KitError({
    code: "DB_CONNECTION_RELEASED",
    message: "A query was made on a connection that was already given back.",
    hint: "Use the connection only inside the function that connection().execute() calls, and await its queries.",
  });
}

export function controlledInsideTransaction(): KitError {
  return new KitError({
    code: "DB_CONTROLLED_INSIDE_TRANSACTION",
    message: "startTransaction() was called inside transaction().execute(…), where a transaction is already open.",
    hint: "Use transaction().execute(…) here too: inside another transaction it becomes a savepoint.",
  });
}

export function nestedSettings(facts: { wanted: string }): KitError {
  return new KitError({
    code: "DB_NESTED_TRANSACTION_SETTINGS",
    message: `A nested transaction can't be "${facts.wanted}", because it is a savepoint of the one around it.`,
    hint: "Set the isolation level and the access mode on the outermost transaction.",
  });
}

export function databaseClosed(): KitError {
  return new KitError({
    code: "DB_CLOSED",
    message: "A query was made after the database was closed.",
    hint: "Close the database last, after everything that uses it.",
  });
}
