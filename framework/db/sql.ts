import { sql as kyselySql, type Sql } from "kysely";

/** SQL for what the query builder has no word for; what stands in `${…}` becomes a parameter. Kysely's own, under the framework's door. */
export const sql: Sql = kyselySql;
