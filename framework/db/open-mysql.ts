import { type Dialect, MysqlDialect } from "kysely";
import { driverMissing } from "./errors.ts";
import type { ServerAddress } from "./open-postgres.ts";

/** A pool of MySQL or MariaDB connections in UTC and utf8mb4; columns made as `boolean` are read as booleans. */
export async function openMysql(address: ServerAddress): Promise<Dialect> {
  const { createPool } = await loadDriver(address.setting);
  const pool = createPool({
    uri: address.url,
    connectionLimit: address.poolSize,
    connectTimeout: address.connectTimeoutMs,
    enableKeepAlive: true,
    charset: "utf8mb4",
    timezone: "Z",
    supportBigNumbers: true,
    typeCast: (field, next) => {
      if (field.type !== "TINY" || field.length !== 1) return next();
      const text = field.string();
      return text === null ? null : text !== "0";
    },
  });
  return new MysqlDialect({ pool });
}

async function loadDriver(setting: string): Promise<typeof import("mysql2")> {
  try {
    return (await import("mysql2")).default;
  } catch (cause) {
    throw driverMissing({ setting, driver: "mysql2", dialect: "MySQL", cause });
  }
}
