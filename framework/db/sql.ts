import { sql as kyselySql, type Sql } from "kysely";

/** Raw SQL, for what the query builder can't express. Values in `${…}` become parameters. Re-exported from Kysely. */
export const sql: Sql = kyselySql;
