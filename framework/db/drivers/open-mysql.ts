import { MysqlDialect } from "kysely";
import { loadDriver } from "./load-driver.ts";
import { createMysqlPool } from "./mysql-pool.ts";
import { keepAliveMs, type ServerAddress } from "./open-postgres.ts";
import { readNumber } from "./read-number.ts";
import { refuseObjects } from "./refuse-objects.ts";
import { closeSocket, type OpenServer, ServerPool } from "./server-pool.ts";
import { ServerWatch } from "./server-watch.ts";

/** A pool of MySQL or MariaDB connections, with UTC and utf8mb4. Columns declared as `boolean` are read as booleans. */
export async function openMysql(address: ServerAddress): Promise<OpenServer> {
  const { createConnection, createPool, format } = await loadDriver({
    setting: address.setting,
    driver: "mysql2",
    dialect: "MySQL",
    load: () => import("mysql2"),
  });
  const { connectTimeoutMs, queryTimeoutMs, log } = address;
  const connection = {
    uri: address.url,
    connectTimeout: connectTimeoutMs,
    enableKeepAlive: true,
    keepAliveInitialDelay: keepAliveMs,
  };
  const ask = (sql: string) =>
    new Promise<unknown>((resolve, reject) => {
      const asking = createConnection(connection);
      const fail = (error: Error) => {
        closeSocket(asking);
        reject(error);
      };
      asking.on("error", fail);
      asking.query({ sql, timeout: connectTimeoutMs }, (error, rows) => {
        asking.destroy();
        if (error) fail(error);
        else resolve(rows);
      });
    });
  const server = new ServerPool({
    watch: new ServerWatch({ log, check: () => ask("select 1") }),
    queryTimeoutMs,
    // Behind a proxy the numbers are its own, so the port has to fit as well.
    async endOnServer({ id, port }) {
      const found = await ask(
        `select 1 from information_schema.processlist where id = ${id} and host like '%:${port}'`,
      );
      if (Array.isArray(found) && found.length > 0) await ask(`kill connection ${id}`);
    },
  });
  const pool = createPool({
    ...connection,
    connectionLimit: address.poolSize,
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
  return { dialect: new MysqlDialect({ pool: createMysqlPool(pool, server) }), server };
}

// With the server's zone, `now()` and the like would repeat an hour when summer time ends. Without the modes, a server may cut off what
// is too long without a word, and `||` means "or".
const likeTheOthers =
  "set time_zone = '+00:00', sql_mode = concat_ws(',', nullif(@@sql_mode, ''), 'STRICT_ALL_TABLES', 'PIPES_AS_CONCAT')";

function readDecimal(text: string | null): number | string | null {
  return text === null ? null : readNumber(text);
}
