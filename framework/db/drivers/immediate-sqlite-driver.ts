import { CompiledQuery, type DatabaseConnection, SqliteDriver, type TransactionSettings } from "kysely";

/** Kysely's SQLite driver, except that transactions take the write lock up front, and read-only ones refuse to write. */
export class ImmediateSqliteDriver extends SqliteDriver {
  #isReadOnly = false;

  // A deferred transaction that reads first and writes later fails immediately if another process wrote in between
  // (SQLITE_BUSY_SNAPSHOT; no timeout helps). One that starts with the write lock only ever waits at its start.
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const isReadOnly = settings?.accessMode === "read only";
    await connection.executeQuery(CompiledQuery.raw(`begin ${isReadOnly ? "deferred" : "immediate"}`));
    if (!isReadOnly) return;
    this.#isReadOnly = true;
    await connection.executeQuery(CompiledQuery.raw("pragma query_only = on"));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    await this.#allowWrites(connection);
  }

  // On a full disk or an I/O error SQLite rolls the transaction back on its own (lang_transaction, 2.3). The resulting "no transaction
  // is active" must not hide the error that explains why.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error;
    } finally {
      await this.#allowWrites(connection);
    }
  }

  async #allowWrites(connection: DatabaseConnection): Promise<void> {
    if (!this.#isReadOnly) return;
    this.#isReadOnly = false;
    await connection.executeQuery(CompiledQuery.raw("pragma query_only = off"));
  }
}
