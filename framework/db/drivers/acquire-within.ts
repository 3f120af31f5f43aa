import type { DatabaseConnection, Driver } from "kysely";
import { connectionWaitTimedOut } from "./errors.ts";

/** Waits for a connection of the driver, but not longer than `waitMs`. One that comes later is given back. */
export async function acquireWithin(
  driver: Driver,
  waitMs: number,
  explain: () => Error = () => connectionWaitTimedOut({ waitedMs: waitMs }),
): Promise<DatabaseConnection> {
  const acquired = driver.acquireConnection();
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(explain());
    }, waitMs);
  });
  acquired.then(
    (connection) => (isLate ? driver.releaseConnection(connection) : undefined),
    () => undefined,
  );
  try {
    return await Promise.race([acquired, expired]);
  } finally {
    clearTimeout(timer);
  }
}
