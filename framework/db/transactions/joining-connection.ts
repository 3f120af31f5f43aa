import type { ConnectionProvider, DatabaseConnection } from "kysely";
import { connectionReleased } from "./errors.ts";
import type { JoiningDriver } from "./joining-driver.ts";
import { isWithin, scopeOf, type TransactionScope } from "./transaction-scope.ts";

export interface JoiningConnectionOptions {
  readonly owner: object;
  readonly driver: JoiningDriver;
  /** The transaction whose own builder uses the connection. */
  readonly scope?: TransactionScope;
  /** Lends the connection when there is no transaction to join. */
  readonly lender: ConnectionProvider;
}

/**
 * The connection for the queries of a transaction's own builder, or of `connection().execute(…)`. Unlike Kysely's, it doesn't lend itself
 * to one query after another, so a query inside a stream can be told that it would wait for ever.
 */
export class JoiningConnection implements ConnectionProvider {
  readonly #options: JoiningConnectionOptions;
  #isReleased = false;

  constructor(options: JoiningConnectionOptions) {
    this.#options = options;
  }

  async provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    const { owner, driver, scope, lender } = this.#options;
    if (this.#isReleased) throw connectionReleased();
    const current = scopeOf(owner);
    // A transaction's own builder also works where its async context is lost.
    const joined = await driver.joinedConnection(scope && !isWithin(scope, current) ? scope : current);
    return await (joined ? consumer(joined) : lender.provideConnection(consumer));
  }

  /** Refuses all further queries. */
  release(): void {
    this.#isReleased = true;
  }
}
