import { AsyncLocalStorage } from "node:async_hooks";
import type { DatabaseConnection } from "kysely";

/** One running `transaction().execute(…)` of one database, seen from the code that runs inside it. */
export interface TransactionScope {
  readonly owner: object;
  readonly parent: TransactionScope | undefined;
  /** Counts the savepoints of the outermost transaction, so that each has its own name. */
  readonly depth: number;
  connection: DatabaseConnection | undefined;
  state: "open" | "committed" | "rolled back";
  readonly hooks: (() => void | Promise<void>)[];
  /** Resolves when the nested transactions started so far have ended: savepoints must not interleave. */
  nested: Promise<unknown>;
}

// Holds nothing itself: each value lives in the asynchronous context of one transaction.
const scopes = new AsyncLocalStorage<TransactionScope>();

/**
 * Does something when the running transaction has committed; drops it on rollback. Inside a transaction it returns true and the
 * action waits (those of one transaction run one after the other, awaited before `execute` resolves; one that fails is logged and
 * does not stop the rest). Outside, or once the transaction has committed, the action runs at once and the answer is false; an
 * asynchronous action then handles its own failure. Works for `db.transaction().execute(…)`, not for `startTransaction()`.
 */
export function afterCommit(action: () => void | Promise<void>): boolean {
  for (let scope = scopes.getStore(); scope; scope = scope.parent) {
    if (scope.state === "rolled back") return true;
    if (scope.state === "open") {
      scope.hooks.push(action);
      return true;
    }
  }
  void action();
  return false;
}

/** Whether the calling code runs inside an open `transaction().execute(…)` of any database. */
export function isInTransaction(): boolean {
  for (let scope = scopes.getStore(); scope; scope = scope.parent) {
    if (scope.state === "open") return true;
  }
  return false;
}

/** The scope that queries of `owner` take part in, or undefined outside of any open transaction of it. */
export function runningScope(owner: object): TransactionScope | undefined {
  for (let scope = scopes.getStore(); scope; scope = scope.parent) {
    if (scope.owner === owner && scope.state === "open") return scope;
  }
  return undefined;
}

/** Opens a scope for what `work` does; the caller ends it. */
export function openScope<T>(scope: TransactionScope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

/** A scope that has not begun yet, inside the running one of the same owner if there is one. */
export function createScope(owner: object): TransactionScope {
  const parent = scopes.getStore();
  const outer = runningScope(owner);
  return {
    owner,
    parent,
    depth: outer ? outer.depth + 1 : 0,
    connection: undefined,
    state: "open",
    hooks: [],
    nested: Promise.resolve(),
  };
}

/** Runs something outside of any transaction of the caller, for loops that must not belong to whoever started them. */
export function outsideTransaction<T>(work: () => T): T {
  return scopes.exit(work);
}
