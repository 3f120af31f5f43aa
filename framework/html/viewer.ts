import type { Context } from "hono";
import { useContext } from "hono/jsx";
import { RequestContext } from "hono/jsx-renderer";
import { readsViewer } from "./errors.ts";

/**
 * Stands in for the request where markup is rendered for many people at once. Whatever asks it for something throws `LIVE_READS_VIEWER`, so
 * that nothing of one viewer reaches the others.
 */
export const noRequest: Context = new Proxy({} as Context, {
  get(_, name) {
    // What asks whether this is a promise asks for nothing.
    if (name === "then" || typeof name === "symbol") return undefined;
    throw readsViewer({ name: String(name) });
  },
  has: () => false,
});

/** The request that is being rendered for, or undefined where there is none, as in broadcasts and live regions. */
export function currentRequest(): Context | undefined {
  const c = useContext(RequestContext) ?? undefined;
  return c === noRequest ? undefined : c;
}

/** Whether the markup is rendered once for many people. */
export function isShared(): boolean {
  return useContext(RequestContext) === noRequest;
}
