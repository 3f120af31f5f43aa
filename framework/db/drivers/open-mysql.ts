import { type Dialect, MysqlDialect } from "kysely";
import { loadDriver } from "./load-driver.ts";
import type { ServerAddress } from "./open-postgres.ts";
import { readNumber } from "./read-number.ts";
import { refuseObjects } from "./refuse-objects.ts";

/** A pool of MySQL or MariaDB connections, with UTC and utf8mb4. Columns declared as `boolean` are read as booleans. */
export async function openMysql(address: ServerAddress): Promise<Dialect> {
  const { createPool, format } = await loadDriver({
    setting: address.setting,
    driver: "mysql2",
    dialect: "MySQL",
    load: () => import("mysql2"),
  });
  const pool = createPool({
    uri: address.url,
    connectionLimit: address.poolSize,
    connectTimeout: address.connectTimeoutMs,
    enableKeepAlive: true,
    charset: "utf8mb4",
    timezone: "Z",
    supportBigNumbers: true,
    queryFormat: (statement: string, values: Parameters<typeof format>[1]) => {
      refuseObjects(Array.isArray(values) ? values : [values]);
      return format(statement, values, false, "Z");
    },
    typeCast: (field, next) => {
      if (field.type === "NEWDECIMAL") return readDecimal(field.string());
      if (field.type !== "TINY" || field.length !== 1) return next();
      const text = field.string();
      return text === null ? null : text !== "0";
    },
  });
  pool.on("connection", (connection) => connection.query(likeTheOthers));
  return new MysqlDialect({ pool });
}

// With the server's zone, `now()` and the like would repeat an hour when summer time ends. Without the modes, a server may cut off what
// is too long without a word, and `||` means "or".
const likeTheOthers =
  "set time_zone = '+00:00', sql_mode = concat_ws(',', nullif(@@sql_mode, ''), 'STRICT_ALL_TABLES', 'PIPES_AS_CONCAT')";

function readDecimal(text: string | null): number | string | null {
  return text === null ? null : readNumber(text);
}
