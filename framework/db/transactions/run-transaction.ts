import type { Logger } from "../../base/index.ts";
import { createScope, openScope, type TransactionScope } from "./transaction-scope.ts";

export interface TransactionRun {
  /** Identifies the database. */
  readonly owner: object;
  /** Logs after-commit actions that fail. */
  readonly log: Logger;
}

/**
 * Opens a scope for a transaction, runs it and then its after-commit actions. A nested transaction waits for its siblings, and hands its
 * actions to the transaction around it.
 */
export async function runTransaction<R>(
  { owner, log }: TransactionRun,
  run: (scope: TransactionScope) => Promise<R>,
): Promise<R> {
  const scope = createScope(owner);
  const { outer } = scope;
  if (outer === undefined) {
    const result = await settle(scope, run);
    await runHooks(scope, log);
    return result;
  }
  const turn = outer.nested.then(() => settle(scope, run));
  outer.nested = turn.catch(() => undefined);
  const result = await turn;
  outer.hooks.push(...scope.hooks.splice(0));
  return result;
}

/** Runs the code inside a transaction. Once it has returned or thrown, nothing joins the transaction anymore. */
export async function runWork<R>(scope: TransactionScope, work: () => Promise<R>): Promise<R> {
  try {
    const result = await work();
    await nestedOnes(scope);
    return result;
  } finally {
    if (scope.state === "open") scope.state = "ending";
  }
}

/** Resolves when no nested transaction is running. More may start while waiting. */
export async function nestedOnes(scope: TransactionScope): Promise<void> {
  for (let seen: Promise<unknown> | undefined; seen !== scope.nested; ) {
    seen = scope.nested;
    await seen;
  }
}

async function settle<R>(scope: TransactionScope, run: (scope: TransactionScope) => Promise<R>): Promise<R> {
  try {
    const result = await openScope(scope, () => run(scope));
    scope.state = "committed";
    return result;
  } catch (error) {
    scope.state = "rolled back";
    throw error;
  }
}

async function runHooks(scope: TransactionScope, log: Logger): Promise<void> {
  for (const hook of scope.hooks.splice(0)) {
    try {
      await hook();
    } catch (error) {
      // The transaction is already committed, so it must not appear to have failed, and the other actions still have to run.
      log.error({ err: error }, "an after-commit action failed");
    }
  }
}
