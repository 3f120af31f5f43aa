import {
  type AccessMode,
  type IsolationLevel,
  Kysely,
  type Dialect as KyselyDialect,
  type Transaction,
  type TransactionBuilder,
} from "kysely";
import type { Logger } from "../base/index.ts";
import type { Dialect } from "./drivers/dialect.ts";
import type { Tables } from "./tables.ts";
import { JoiningDriver } from "./transactions/joining-driver.ts";
import { createScope, openScope, runningScope, type TransactionScope } from "./transactions/transaction-scope.ts";

export interface DatabaseOptions {
  readonly dialect: Dialect;
  /** The Kysely dialect, which brings the driver. */
  readonly kysely: KyselyDialect;
  /** Logs after-commit actions that fail. */
  readonly log: Logger;
  /** How long a statement waits while another process has SQLite locked, in milliseconds. */
  readonly lockWaitMs: number;
}

/**
 * Kysely for SQLite, PostgreSQL or MySQL; close it with `destroy()`. Inside `transaction().execute(…)`, every query in the same async
 * context is part of the transaction, whether it goes through `trx` or through the database itself. A nested transaction becomes a
 * savepoint. See also `afterCommit`.
 */
export class Database<T = Tables> extends Kysely<T> {
  readonly dialect: Dialect;
  readonly #owner: object;
  readonly #log: Logger;

  constructor(options: DatabaseOptions) {
    const owner = {};
    super({ dialect: joining(options, owner) });
    this.dialect = options.dialect;
    this.#owner = owner;
    this.#log = options.log;
  }

  override transaction(): TransactionBuilder<T> {
    return withScope(super.transaction(), { owner: this.#owner, log: this.#log });
  }
}

interface ScopeOptions {
  readonly owner: object;
  readonly log: Logger;
}

function joining(options: DatabaseOptions, owner: object): KyselyDialect {
  const { kysely, lockWaitMs } = options;
  return {
    createDriver: () => new JoiningDriver(kysely.createDriver(), { owner, lockWaitMs }),
    createQueryCompiler: () => kysely.createQueryCompiler(),
    createAdapter: () => kysely.createAdapter(),
    createIntrospector: (db) => kysely.createIntrospector(db),
  };
}

// The builder's state is private in Kysely, so its methods are replaced on the instance rather than in a subclass.
function withScope<T>(builder: TransactionBuilder<T>, options: ScopeOptions): TransactionBuilder<T> {
  const execute = builder.execute.bind(builder);
  const setAccessMode = builder.setAccessMode.bind(builder);
  const setIsolationLevel = builder.setIsolationLevel.bind(builder);
  return Object.assign(builder, {
    execute: <R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R> =>
      inScope(options, (scope) =>
        execute(async (trx) => {
          const result = await work(trx);
          await scope.nested;
          return result;
        }),
      ),
    setAccessMode: (mode: AccessMode) => withScope(setAccessMode(mode), options),
    setIsolationLevel: (level: IsolationLevel) => withScope(setIsolationLevel(level), options),
  });
}

async function inScope<R>(options: ScopeOptions, run: (scope: TransactionScope) => Promise<R>): Promise<R> {
  const outer = runningScope(options.owner);
  const scope = createScope(options.owner);
  if (outer === undefined) {
    const result = await settle(scope, run);
    await runHooks(scope, options.log);
    return result;
  }
  const turn = outer.nested.then(() => settle(scope, run));
  outer.nested = turn.catch(() => undefined);
  const result = await turn;
  outer.hooks.push(...scope.hooks.splice(0));
  return result;
}

async function settle<R>(scope: TransactionScope, run: (scope: TransactionScope) => Promise<R>): Promise<R> {
  try {
    const result = await openScope(scope, () => run(scope));
    scope.state = "committed";
    return result;
  } catch (error) {
    scope.state = "rolled back";
    scope.hooks.length = 0;
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
