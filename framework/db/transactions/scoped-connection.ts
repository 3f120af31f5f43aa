import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { SharedConnection } from "./shared-connection.ts";
import { refuseEnded, type TransactionScope } from "./transaction-scope.ts";

/** The connection of a transaction, as lent to queries that join it. It refuses those that come after its end. */
export class ScopedConnection implements DatabaseConnection {
  readonly scope: TransactionScope;
  readonly shared: SharedConnection;

  constructor(scope: TransactionScope, shared: SharedConnection) {
    this.scope = scope;
    this.shared = shared;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    refuseEnded(this.scope);
    return await this.shared.executeQuery<R>(query);
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    refuseEnded(this.scope);
    yield* this.shared.streamQuery<R>(query, chunkSize);
  }
}
