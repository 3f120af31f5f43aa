import { AsyncLocalStorage } from "node:async_hooks";
import type { TransactionSettings } from "kysely";
import { transactionEnded } from "./errors.ts";
import type { SharedConnection } from "./shared-connection.ts";

/** A `transaction().execute(…)`, as seen by the code inside it and by what that code started. */
export interface TransactionScope {
  readonly owner: object;
  /** The enclosing transaction of the same database, if there is one. */
  readonly outer: TransactionScope | undefined;
  /** The enclosing transaction of any database. */
  readonly parent: TransactionScope | undefined;
  /** The nesting level, 0 for the outermost transaction. It names the savepoint. */
  readonly depth: number;
  /** Set once the transaction has begun. */
  connection: SharedConnection | undefined;
  settings: TransactionSettings;
  /** `ending` from the moment its work is done: nothing may join it anymore. */
  state: "open" | "ending" | "committed" | "rolled back";
  readonly hooks: (() => void | Promise<void>)[];
  /** Resolves when the nested transactions started so far have ended, because savepoints must not interleave. */
  nested: Promise<unknown>;
}

// Not module state: each value lives in the async context of its transaction.
const scopes = new AsyncLocalStorage<TransactionScope>();

/**
 * Runs an action after the current transaction commits, and drops it on rollback. Inside a transaction it returns true; the actions run
 * in order and are awaited before `execute` resolves, and one that fails is logged without stopping the rest. Outside a transaction the
 * action runs immediately and the result is false; an async action must then handle its own errors. Throws `DB_TRANSACTION_ENDED` in
 * work that a transaction started and that goes on after its end. Works with `db.transaction().execute(…)`, not with
 * `startTransaction()`.
 */
export function afterCommit(action: () => void | Promise<void>): boolean {
  const scope = scopes.getStore();
  if (scope) {
    refuseEnded(scope);
    scope.hooks.push(action);
    return true;
  }
  void action();
  return false;
}

/** Whether the caller runs inside an open `transaction().execute(…)` of any database. */
export function isInTransaction(): boolean {
  const scope = scopes.getStore();
  return scope !== undefined && isOpen(scope);
}

/** What identifies the innermost open transaction that the caller belongs to. */
export function currentTransaction(): object | undefined {
  const scope = scopes.getStore();
  return scope && isOpen(scope) ? scope : undefined;
}

/** Throws `DB_TRANSACTION_ENDED` if the caller was started by a transaction that has ended. */
export function refuseEndedTransaction(): void {
  const scope = scopes.getStore();
  if (scope) refuseEnded(scope);
}

/** Returns a function that runs work in the caller's transaction, wherever it is called; undefined if none is open. */
export function keepTransaction(): (<T>(work: () => T) => T) | undefined {
  const scope = scopes.getStore();
  return scope && isOpen(scope) ? (work) => scopes.run(scope, work) : undefined;
}

/** Runs `work` outside the caller's transaction, for example a loop that outlives the code that started it. */
export function outsideTransaction<T>(work: () => T): T {
  return scopes.exit(work);
}

/** The innermost transaction of `owner` that the caller belongs to, whether or not it has ended. */
export function scopeOf(owner: object): TransactionScope | undefined {
  for (let scope = scopes.getStore(); scope; scope = scope.parent) {
    if (scope.owner === owner) return scope;
  }
  return undefined;
}

/** A scope is over as soon as one around it is. */
export function isOpen(scope: TransactionScope): boolean {
  for (let at: TransactionScope | undefined = scope; at; at = at.outer) {
    if (at.state !== "open") return false;
  }
  return true;
}

/** Throws `DB_TRANSACTION_ENDED` unless the transaction is open. */
export function refuseEnded(scope: TransactionScope): void {
  for (let at: TransactionScope | undefined = scope; at; at = at.outer) {
    if (at.state !== "open") throw transactionEnded({ state: at.state });
  }
}

/** Runs `work` inside the scope. The caller sets how it ended. */
export function openScope<T>(scope: TransactionScope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

/** Creates a scope, nested in the running one of the same owner if there is one. Throws `DB_TRANSACTION_ENDED` if that has ended. */
export function createScope(owner: object): TransactionScope {
  const outer = scopeOf(owner);
  if (outer) refuseEnded(outer);
  return {
    owner,
    outer,
    parent: scopes.getStore(),
    depth: outer ? outer.depth + 1 : 0,
    connection: undefined,
    settings: {},
    state: "open",
    hooks: [],
    nested: Promise.resolve(),
  };
}

/** Whether `inner` is `scope` or nested in it. */
export function isWithin(scope: TransactionScope, inner: TransactionScope | undefined): boolean {
  for (let at = inner; at; at = at.outer) {
    if (at === scope) return true;
  }
  return false;
}
