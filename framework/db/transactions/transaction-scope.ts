import { AsyncLocalStorage } from "node:async_hooks";
import type { DatabaseConnection } from "kysely";

/** A running `transaction().execute(…)`, as seen by the code inside it. */
export interface TransactionScope {
  readonly owner: object;
  readonly parent: TransactionScope | undefined;
  /** The nesting level, 0 for the outermost transaction. It names the savepoint. */
  readonly depth: number;
  connection: DatabaseConnection | undefined;
  state: "open" | "committed" | "rolled back";
  readonly hooks: (() => void | Promise<void>)[];
  /** Resolves when the nested transactions started so far have ended, because savepoints must not interleave. */
  nested: Promise<unknown>;
}

// Not module state: each value lives in the async context of its transaction.
const scopes = new AsyncLocalStorage<TransactionScope>();

/**
 * Runs an action after the current transaction commits, and drops it on rollback. Inside a transaction it returns true; the actions run
 * in order and are awaited before `execute` resolves, and one that fails is logged without stopping the rest. Outside a transaction,
 * or once it has committed, the action runs immediately and the result is false; an async action must then handle its own errors.
 * Works with `db.transaction().execute(…)`, not with `startTransaction()`.
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

/** Whether the caller runs inside an open `transaction().execute(…)` of any database. */
export function isInTransaction(): boolean {
  for (let scope = scopes.getStore(); scope; scope = scope.parent) {
    if (scope.state === "open") return true;
  }
  return false;
}

/** The open transaction that queries of `owner` join, if there is one. */
export function runningScope(owner: object): TransactionScope | undefined {
  for (let scope = scopes.getStore(); scope; scope = scope.parent) {
    if (scope.owner === owner && scope.state === "open") return scope;
  }
  return undefined;
}

/** Runs `work` inside the scope. The caller sets how it ended. */
export function openScope<T>(scope: TransactionScope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

/** Creates a scope, nested in the running one of the same owner if there is one. */
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

/** Runs `work` outside the caller's transaction, for example a loop that outlives the code that started it. */
export function outsideTransaction<T>(work: () => T): T {
  return scopes.exit(work);
}
