import type { Hono } from "hono";
import { inspectRoutes } from "hono/dev";

export interface RouteLine {
  readonly method: string;
  readonly path: string;
  /** Middleware that decides who may pass, such as `RequireLogin`; recognized by its name. */
  readonly guards: readonly string[];
}

/** The routes of an app, each once, with their guards. */
export function listRoutes(app: Hono): readonly RouteLine[] {
  const all = inspectRoutes(app);
  const lines = new Map<string, RouteLine>();
  for (const [index, { method, path, isMiddleware }] of all.entries()) {
    const key = `${method} ${path}`;
    if (isMiddleware || lines.has(key)) continue;
    const before = all.slice(0, index).filter((other) => other.isMiddleware && covers(other, { method, path }));
    const guards = before.map(({ name }) => name).filter((name) => /^Require[A-Z]/.test(name));
    lines.set(key, { method, path, guards: [...new Set(guards)] });
  }
  return [...lines.values()];
}

interface RoutePattern {
  readonly method: string;
  readonly path: string;
}

/** Whether a middleware runs before a route: same method or all methods, same path or a `/*` path above it. */
function covers(middleware: RoutePattern, route: RoutePattern): boolean {
  if (middleware.method !== "ALL" && middleware.method !== route.method) return false;
  if (middleware.path === route.path || middleware.path === "*") return true;
  if (!middleware.path.endsWith("/*")) return false;
  const above = middleware.path.slice(0, -2);
  return route.path === above || route.path.startsWith(`${above}/`);
}
