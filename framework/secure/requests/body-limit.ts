import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit as honoBodyLimit } from "hono/body-limit";
import { isSafeMethod } from "./safe-method.ts";

export interface BodyLimitOptions {
  /** Forms, JSON and everything else. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** `multipart/form-data`, which carries files. Default: 10 MB. */
  readonly maxUploadBytes?: number;
}

/** Refuses larger bodies with 413, by their Content-Length or while reading them. Ignores GET, HEAD and OPTIONS. */
export function bodyLimit(options: BodyLimitOptions = {}): MiddlewareHandler {
  const plain = limit(options.maxBytes ?? 1024 * 1024);
  const upload = limit(options.maxUploadBytes ?? 10 * 1000 * 1000);
  return async function bodyLimit(c, next) {
    if (isSafeMethod(c.req.method)) return next();
    const isUpload = c.req.header("Content-Type")?.toLowerCase().startsWith("multipart/form-data");
    return isUpload ? upload(c, next) : plain(c, next);
  };
}

function limit(maxBytes: number): MiddlewareHandler {
  const onError = (c: Context) => c.text(`The request body is too large; at most ${maxBytes} bytes are accepted.`, 413);
  return honoBodyLimit({ maxSize: maxBytes, onError });
}
