import { sendRaw } from "../hardening/raw-request.ts";

/** The status for each spelling of a path by which hidden pages have been reached in other software. */
export async function requestEverySpelling(url: string, path: string): Promise<Readonly<Record<string, number>>> {
  const { host } = new URL(url);
  const plain = { method: "GET", path, headers: {} };
  const requests = {
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
  const statuses = Object.entries(requests).map(async ([spelling, { headers, ...request }]) => {
    const response = await sendRaw(url, { ...request, headers: { Accept: "text/html", ...headers } });
    return [spelling, response.status] as const;
  });
  return Object.fromEntries(await Promise.all(statuses));
}
