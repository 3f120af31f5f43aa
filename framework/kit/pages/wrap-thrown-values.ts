import type { MiddlewareHandler } from "hono";
import { valueThrown } from "../errors.ts";

/**
 * Wraps whatever else than an `Error` is thrown further inside, such as a text. Hono passes only errors to its error handler, and lets
 * everything else reach the server, which then answers without a word.
 */
export function wrapThrownValues(): MiddlewareHandler {
  return async function wrapThrownValues(_c, next) {
    try {
      await next();
    } catch (thrown) {
      throw thrown instanceof Error ? thrown : valueThrown({ thrown });
    }
  };
}
