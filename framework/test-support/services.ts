import { connect } from "node:net";

/** The database and Redis servers that tests may use; `null` where none answers. */
export interface Services {
  readonly postgres: string | null;
  readonly mysql: string | null;
  readonly redis: string | null;
}

/** Whether something listens where the URL points. */
async function answers(url: string, defaultPort: number): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return await new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) || defaultPort, timeout: 1000 });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}

async function find(variable: string, standard: string, defaultPort: number): Promise<string | null> {
  const url = process.env[variable] ?? standard;
  if (await answers(url, defaultPort)) return url;
  if (process.env.REQUIRE_SERVICES === "1") {
    throw new Error(`No server answers at the address of ${variable}, and REQUIRE_SERVICES=1 demands one.`);
  }
  return null;
}

/** Looked up once a test file. Set `REQUIRE_SERVICES=1` to fail instead of skipping where a server is missing. */
export const services: Services = {
  postgres: await find("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/test", 5432),
  mysql: await find("TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306/test", 3306),
  redis: await find("TEST_REDIS_URL", "redis://127.0.0.1:6379", 6379),
};
