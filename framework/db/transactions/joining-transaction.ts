import { type AccessMode, type IsolationLevel, type KyselyProps, Transaction, type TransactionBuilder } from "kysely";
import { JoiningConnection } from "./joining-connection.ts";
import type { JoiningDriver } from "./joining-driver.ts";
import { runTransaction, runWork, type TransactionRun } from "./run-transaction.ts";

/** The database that runs a transaction. */
export interface TransactionHost extends TransactionRun {
  readonly props: Omit<KyselyProps, "executor"> & { readonly driver: JoiningDriver };
}

/**
 * Makes a builder's transactions ones that queries join. Its state is private in Kysely, so its methods are replaced on the instance
 * rather than in a subclass.
 */
export function joiningTransaction<T>(builder: TransactionBuilder<T>, host: TransactionHost): TransactionBuilder<T> {
  const execute = builder.execute.bind(builder);
  const setAccessMode = builder.setAccessMode.bind(builder);
  const setIsolationLevel = builder.setIsolationLevel.bind(builder);
  return Object.assign(builder, {
    execute: <R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R> =>
      runTransaction(host, (scope) =>
        execute((trx) => {
          const lender = trx.getExecutor();
          const joining = new JoiningConnection({ owner: host.owner, driver: host.props.driver, scope, lender });
          const executor = lender.withConnectionProvider(joining);
          return runWork(scope, () => work(new Transaction<T>({ ...host.props, executor })));
        }),
      ),
    setAccessMode: (mode: AccessMode) => joiningTransaction(setAccessMode(mode), host),
    setIsolationLevel: (level: IsolationLevel) => joiningTransaction(setIsolationLevel(level), host),
  });
}
