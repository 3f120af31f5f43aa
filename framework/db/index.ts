export { type Columns, columnsFor, dialectOf } from "./columns.ts";
export { Database, type DatabaseOptions, type Dialect } from "./database.ts";
export { type DatabaseAddress, parseDatabaseUrl, redactUrl } from "./database-url.ts";
export { failingStatement, isForeignKeyViolation, isTransactionConflict, isUniqueViolation } from "./driver-errors.ts";
export { frameworkMigrations } from "./framework-migrations.ts";
export type { Migration } from "./migration-files.ts";
export type { MigrationEntry, MigrationProblem, MigrationStatus } from "./migration-status.ts";
export { createMigrator, type Migrator, type MigratorOptions } from "./migrator.ts";
export { type OpenDatabaseOptions, openDatabase } from "./open-database.ts";
export { type PutRow, putRow, type RowToPut } from "./put-row.ts";
export { createScratchDatabase, type ScratchDatabase } from "./scratch-database.ts";
export { sql } from "./sql.ts";
export type {
  AuditLogTable,
  FrameworkTables,
  JobScheduleTable,
  JobTable,
  Milliseconds,
  RateLimitTable,
  RecoveryCodeTable,
  SecondFactorTable,
  SessionTable,
  Tables,
  TokenTable,
  UserTable,
} from "./tables.ts";
export { afterCommit, isInTransaction, outsideTransaction } from "./transaction-scope.ts";
