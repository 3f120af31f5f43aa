export { type Columns, columnsFor } from "./columns.ts";
export { Database, type DatabaseOptions, type DatabaseStats } from "./database.ts";
export { redactUrl } from "./database-url.ts";
export type { Dialect } from "./drivers/dialect.ts";
export {
  failingStatement,
  isForeignKeyViolation,
  isTransactionConflict,
  isUniqueViolation,
} from "./drivers/driver-errors.ts";
export { withQueryTimeout } from "./drivers/query-limit.ts";
export {
  CamelCasePlugin,
  type ColumnType,
  type Compilable,
  type CompiledQuery,
  type DeleteResult,
  type Expression,
  type ExpressionBuilder,
  type Generated,
  type GeneratedAlways,
  type Insertable,
  type InsertResult,
  type JSONColumnType,
  type Kysely,
  type KyselyPlugin,
  NoResultError,
  type NotNull,
  ParseJSONResultsPlugin,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  type Simplify,
  type Sql,
  type SqlBool,
  type Transaction,
  type Updateable,
  type UpdateResult,
} from "./kysely.ts";
export { frameworkMigrations, type Migration, migrationFolders } from "./migrations/migration-files.ts";
export type { MigrationEntry, MigrationProblem, MigrationStatus } from "./migrations/migration-ledger.ts";
export { createMigrator, type Migrator, type MigratorOptions } from "./migrations/migrator.ts";
export { type OpenDatabaseOptions, openDatabase } from "./open-database.ts";
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
export type { QueryEvent } from "./transactions/query-log.ts";
export {
  afterCommit,
  currentTransaction,
  isInTransaction,
  keepTransaction,
  outsideTransaction,
  refuseEndedTransaction,
} from "./transactions/transaction-scope.ts";
export { type UpsertResult, type UpsertRow, upsert } from "./upsert.ts";
