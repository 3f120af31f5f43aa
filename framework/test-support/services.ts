import { isListening } from "./is-listening.ts";

/** The database and Redis servers that tests can use; `null` where none is running. */
export interface Services {
  readonly postgres: string | null;
  readonly mysql: string | null;
  readonly redis: string | null;
}

async function findService(variable: string, standardUrl: string): Promise<string | null> {
  const url = process.env[variable] ?? standardUrl;
  const { hostname, port } = new URL(url);
  const standardPort = new URL(standardUrl).port;
  if (await isListening(Number(port || standardPort), hostname.replace(/^\[|\]$/g, ""))) return url;
  if (process.env.REQUIRE_SERVICES === "1") {
    throw new Error(`No server is listening at the address in ${variable}, and REQUIRE_SERVICES=1 requires one.`);
  }
  return null;
}

/** Looked up once per test file. Set `REQUIRE_SERVICES=1` to fail instead of skipping tests when a server is missing. */
export const services: Services = {
  postgres: await findService("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/test"),
  mysql: await findService("TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306/test"),
  redis: await findService("TEST_REDIS_URL", "redis://127.0.0.1:6379"),
};
