import { request } from "node:http";

/** The statuses with which a server answers one path, spelt in the ways by which pages that should not exist were reached elsewhere. */
export async function askForEverySpelling(url: string, path: string): Promise<Record<string, number>> {
  const { host } = new URL(url);
  const plain = { method: "GET", path, headers: {} as Record<string, string> };
  const ways = {
    plain,
    head: { ...plain, method: "HEAD" },
    options: { ...plain, method: "OPTIONS" },
    "upper case": { ...plain, path: path.toUpperCase() },
    "trailing slash": { ...plain, path: `${path}/` },
    "double slash": { ...plain, path: `/${path}` },
    encoded: { ...plain, path: path.replace("__", "%5F%5F") },
    "dot segment": { ...plain, path: `/login/..${path}` },
    "encoded dot segment": { ...plain, path: `/login/%2e%2e${path}` },
    query: { ...plain, path: `${path}?dev=true&NODE_ENV=development` },
    "local host": { ...plain, headers: { Host: "localhost:3000" } },
    forwarded: { ...plain, headers: { "X-Forwarded-For": "127.0.0.1", "X-Original-URL": path, "X-Rewrite-URL": path } },
    override: { ...plain, headers: { "X-HTTP-Method-Override": "GET", "X-Env": "development" } },
    "absolute form": { ...plain, path: `http://${host}${path}` },
  };
  const answers = Object.entries(ways).map(async ([name, way]) => [name, await statusOf(url, way)] as const);
  return Object.fromEntries(await Promise.all(answers));
}

interface Way {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
}

/** By node:http, which sends a path as it is given. */
async function statusOf(url: string, { method, path, headers }: Way): Promise<number> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers: { Accept: "text/html", ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once("error", reject);
    asked.end();
  });
}
