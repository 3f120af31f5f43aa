import { CompiledQuery, type DatabaseConnection, SqliteDriver, type TransactionSettings } from "kysely";

/** Kysely's SQLite driver, except that transactions take the write lock up front. */
export class ImmediateSqliteDriver extends SqliteDriver {
  // A deferred transaction that reads first and writes later fails immediately if another process wrote in between
  // (SQLITE_BUSY_SNAPSHOT; no timeout helps). One that starts with the write lock only ever waits at its start.
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const mode = settings?.accessMode === "read only" ? "deferred" : "immediate";
    await connection.executeQuery(CompiledQuery.raw(`begin ${mode}`));
  }

  // On a full disk or an I/O error SQLite rolls the transaction back on its own (lang_transaction, 2.3). The resulting "no transaction
  // is active" must not hide the error that explains why.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error;
    }
  }
}
