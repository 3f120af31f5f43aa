import { CompiledQuery, type DatabaseConnection, SqliteDriver, type TransactionSettings } from "kysely";

/** Kysely's SQLite driver with transactions that take the write lock first. */
export class ImmediateSqliteDriver extends SqliteDriver {
  // A deferred transaction that reads first and writes later fails at once when another process wrote in between
  // (SQLITE_BUSY_SNAPSHOT, no time-out helps); one that begins with the write lock only ever waits at its beginning.
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const mode = settings?.accessMode === "read only" ? "deferred" : "immediate";
    await connection.executeQuery(CompiledQuery.raw(`begin ${mode}`));
  }

  // A full disk or an input error makes SQLite roll the transaction back by itself (lang_transaction, 2.3). Its own "no transaction is
  // active" must not take the place of the error that says why.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error;
    }
  }
}
