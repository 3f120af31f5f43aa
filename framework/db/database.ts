import {
  type ConnectionBuilder,
  type ConnectionProvider,
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  Kysely,
  type Dialect as KyselyDialect,
  type KyselyPlugin,
  type QueryExecutor,
  type TransactionBuilder,
} from "kysely";
import type { Logger } from "../base/index.ts";
import type { Dialect } from "./drivers/dialect.ts";
import type { ServerPool } from "./drivers/server-pool.ts";
import type { Tables } from "./tables.ts";
import { JoiningConnection } from "./transactions/joining-connection.ts";
import { JoiningDriver } from "./transactions/joining-driver.ts";
import { joiningTransaction, type TransactionHost } from "./transactions/joining-transaction.ts";
import { type QueryLog, QueryObservers } from "./transactions/query-log.ts";

export interface DatabaseOptions {
  readonly dialect: Dialect;
  /** The Kysely dialect, which brings the driver. */
  readonly kysely: KyselyDialect;
  /** The connections to the server, if there is one. */
  readonly server?: ServerPool;
  /** Logs after-commit actions that fail. */
  readonly log: Logger;
  /** How long a statement waits while another process has SQLite locked, in milliseconds. */
  readonly lockWaitMs: number;
  /** How long a query waits for a connection, in milliseconds. */
  readonly waitMs: number;
  /** Kysely plugins for all queries. */
  readonly plugins?: readonly KyselyPlugin[];
  /** Called after each statement. */
  readonly onQuery?: QueryLog;
}

/** The connections of a database in this process. */
export interface DatabaseStats {
  /** `away` while the server doesn't respond. Always `up` on SQLite. */
  readonly state: "up" | "away";
  /** Connections that are in use. 0 on SQLite. */
  readonly inUse: number;
  /** Queries and transactions that wait for a connection. 0 on SQLite. */
  readonly waiting: number;
}

/**
 * Kysely for SQLite, PostgreSQL or MySQL; close it with `destroy()`. Inside `transaction().execute(…)`, every query in the same async
 * context is part of the transaction, whether it goes through `trx`, through the database itself or through one derived from it
 * (`withPlugin`, `withSchema`, `withTables`, `withoutPlugins`, `connection`). A nested transaction becomes a savepoint. Work that goes
 * on after the transaction has ended fails with `DB_TRANSACTION_ENDED`. See also `afterCommit`.
 */
export class Database<T = Tables> extends Kysely<T> {
  readonly dialect: Dialect;
  readonly #shared: Shared;

  constructor(options: DatabaseOptions);
  /** @internal */
  constructor(derived: Derived);
  constructor(options: DatabaseOptions | Derived) {
    const { shared, executor } = "shared" in options ? options : open(options);
    super({ ...shared.props, executor });
    this.dialect = shared.name;
    this.#shared = shared;
    // Not an override: with a signature of its own here, TypeScript finds that a database fits no variable for fewer tables.
    Object.assign(this, { withTables: () => this.#derive(this.getExecutor()) });
  }

  /** Whether the server responds, and how busy the pool is. */
  stats(): DatabaseStats {
    const { server } = this.#shared;
    return { state: server?.watch.isAway ? "away" : "up", inUse: server?.inUse ?? 0, waiting: server?.waiting ?? 0 };
  }

  /**
   * Calls a function after each statement, also one of a derived database. What it returns is awaited once the connection has been given
   * back. Returns a function that ends this.
   *
   * @internal
   */
  observe(observer: QueryLog): () => void {
    return this.#shared.observers.add(observer);
  }

  override transaction(): TransactionBuilder<T> {
    return joiningTransaction(super.transaction(), this.#shared);
  }

  override connection(): ConnectionBuilder<T> {
    const { owner, props } = this.#shared;
    const executor = this.getExecutor();
    const execute = <R>(work: (db: Database<T>) => Promise<R>): Promise<R> =>
      executor.provideConnection(async (connection) => {
        const lender: ConnectionProvider = { provideConnection: (consumer) => consumer(connection) };
        const provider = new JoiningConnection({ owner, driver: props.driver, lender });
        try {
          return await work(this.#derive<T>(executor.withConnectionProvider(provider)));
        } finally {
          provider.release();
        }
      });
    return Object.assign(super.connection(), { execute });
  }

  override withPlugin(plugin: KyselyPlugin): Database<T> {
    return this.#derive(super.withPlugin(plugin).getExecutor());
  }

  override withoutPlugins(): Database<T> {
    return this.#derive(super.withoutPlugins().getExecutor());
  }

  override withSchema(schema: string): Database<T> {
    return this.#derive(super.withSchema(schema).getExecutor());
  }

  #derive<Other>(executor: QueryExecutor): Database<Other> {
    return new Database<Other>({ shared: this.#shared, executor });
  }
}

/** What a database has in common with those derived from it. */
interface Shared extends TransactionHost {
  readonly name: Dialect;
  readonly server: ServerPool | undefined;
  readonly observers: QueryObservers;
}

interface Derived {
  readonly shared: Shared;
  readonly executor: QueryExecutor;
}

function open(options: DatabaseOptions): Derived {
  const { kysely, dialect, server, log, lockWaitMs, waitMs, plugins = [], onQuery } = options;
  const owner = {};
  const observers = new QueryObservers(onQuery);
  const driver = new JoiningDriver(kysely.createDriver(), {
    owner,
    lockWaitMs,
    waitMs,
    queryLog: observers.report,
    watch: server?.watch,
  });
  const executor = new DefaultQueryExecutor(
    kysely.createQueryCompiler(),
    kysely.createAdapter(),
    new DefaultConnectionProvider(driver),
    [...plugins],
  );
  return {
    shared: {
      owner,
      name: dialect,
      server,
      observers,
      log,
      props: { config: { dialect: kysely }, dialect: kysely, driver },
    },
    executor,
  };
}
