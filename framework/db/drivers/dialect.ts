import type { Kysely } from "kysely";
import { dialectUnknown } from "./errors.ts";
import { isSqliteAdapter } from "./sqlite-dialect.ts";

/** The databases that the framework supports. MariaDB counts as `mysql`. */
export type Dialect = "sqlite" | "postgres" | "mysql";

/** The dialect of a Kysely instance. Also works inside a transaction or a migration. */
export function dialectOf<T>(db: Kysely<T>): Dialect {
  if ("dialect" in db && isDialect(db.dialect)) return db.dialect;
  const { adapter } = db.getExecutor();
  if (isSqliteAdapter(adapter)) return "sqlite";
  // Compares features, not classes: the app may load a different copy of Kysely than the one bundled with the framework.
  if (adapter.supportsReturning) return adapter.supportsTransactionalDdl ? "postgres" : "sqlite";
  if (!adapter.supportsTransactionalDdl) return "mysql";
  throw dialectUnknown({ adapter: adapter.constructor.name });
}

function isDialect(value: unknown): value is Dialect {
  return value === "sqlite" || value === "postgres" || value === "mysql";
}
