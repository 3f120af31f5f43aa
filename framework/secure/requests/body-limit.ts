import type { Context, MiddlewareHandler } from "hono";
import type { KitError } from "../../base/index.ts";
import { bodyTooLarge, tooManyUploads } from "../errors.ts";
import { countedAddress } from "./client-address.ts";
import { noteRefusal } from "./log-refusals.ts";
import { PendingBytes, type PendingHold } from "./pending-bytes.ts";
import { isSafeMethod } from "./safe-method.ts";

declare module "hono" {
  interface ContextVariableMap {
    bodySize?: BodySize;
  }
}

/** The limits of the body of one request. */
export interface BodySize {
  /** How much of a `multipart/form-data` body may be something else than files. */
  readonly maxTextBytes: number;
  /** Limits `multipart/form-data` like any other body, because no file is expected. Throws `SECURE_BODY_TOO_LARGE`. */
  refuseUploads(): void;
}

export interface BodyLimitOptions {
  /** Forms, JSON and everything else. Default: 1 MiB. */
  readonly maxBytes?: number;
  /**
   * `multipart/form-data`, which carries files. Default: 10 MB. Without a file field in the schema, the form is limited to `maxBytes`, and
   * so are the texts of a form with one.
   */
  readonly maxUploadBytes?: number;
  /** All bodies that one address is sending at a time. Default: 64 MiB. */
  readonly maxBytesPerAddress?: number;
  /** All bodies that are being sent at a time. Default: 256 MiB. */
  readonly maxBytesInTotal?: number;
}

const MiB = 1024 * 1024;
/** A smaller body is counted by its Content-Length, a larger one as it comes. */
const smallBytes = 16 * 1024;

/**
 * Refuses larger bodies with 413, by their Content-Length or while reading them, and too many at a time from one address (429) or from
 * all (503). Ignores GET, HEAD and OPTIONS.
 */
export function bodyLimit(options: BodyLimitOptions = {}): MiddlewareHandler {
  const { maxBytes = MiB, maxUploadBytes = 10 * 1000 * 1000 } = options;
  const { maxBytesPerAddress = 64 * MiB, maxBytesInTotal = 256 * MiB } = options;
  const pending = new PendingBytes({ maxPerAddress: maxBytesPerAddress, maxInTotal: maxBytesInTotal });
  return async function bodyLimit(c, next) {
    const bytes = contentLength(c);
    if (isSafeMethod(c.req.method) || bytes === 0 || (bytes === undefined && !c.req.raw.body)) return next();
    const isUpload = c.req.header("Content-Type")?.toLowerCase().startsWith("multipart/form-data");
    const body = new LimitedBody(pending.hold(countedAddress(c)), isUpload ? maxUploadBytes : maxBytes);
    c.set("bodySize", { maxTextBytes: maxBytes, refuseUploads: () => body.limit(maxBytes, bytes) });
    try {
      body.limit(Number.POSITIVE_INFINITY, bytes);
      if (bytes !== undefined && bytes <= smallBytes) body.count(bytes);
      else c.req.raw = withBody(c.req.raw, body.read(c.req.raw));
      await next();
    } catch (error) {
      if (error !== body.failure || !body.failure) throw error;
      return refuse(c, body.failure);
    } finally {
      body.release();
    }
    const { failure } = body;
    if (!failure || c.res.status < 400 || c.res.status === failure.status) return undefined;
    c.res = undefined;
    c.res = refuse(c, failure);
    return undefined;
  };
}

/** From its pieces: the request of @hono/node-server isn't one that the global `Request` can copy. */
function withBody({ url, method, headers, signal }: Request, body: ReadableStream<Uint8Array>): Request {
  // `duplex` is required for a stream, but the types don't have it.
  const init = { method, headers, signal, body, duplex: "half" as const };
  return new Request(url, init);
}

function refuse(c: Context, error: KitError): Response {
  const { code, message, status, hint } = error;
  noteRefusal(c, { reason: code, facts: { err: { code, message, hint }, address: c.get("clientAddress") } });
  return new Response(message, { status, headers: { "Content-Type": "text/plain; charset=UTF-8" } });
}

/** Undefined if the client doesn't say. */
function contentLength(c: Context): number | undefined {
  const given = c.req.header("Content-Length");
  return given === undefined || c.req.header("Transfer-Encoding") !== undefined
    ? undefined
    : Number.parseInt(given, 10);
}

class LimitedBody {
  readonly #hold: PendingHold;
  #maxBytes: number;
  #bytes = 0;
  /** Why the body was refused. */
  failure: KitError | undefined;

  constructor(hold: PendingHold, maxBytes: number) {
    this.#hold = hold;
    this.#maxBytes = maxBytes;
  }

  /** Lowers the limit. Throws if the body has, or says that it has, more. */
  limit(maxBytes: number, declared: number | undefined): void {
    this.#maxBytes = Math.min(maxBytes, this.#maxBytes);
    if (Math.max(this.#bytes, declared ?? 0) > this.#maxBytes)
      throw this.#fail(bodyTooLarge({ maxBytes: this.#maxBytes }));
  }

  count(bytes: number): void {
    this.#bytes += bytes;
    this.limit(this.#maxBytes, undefined);
    const refusal = this.#hold.add(bytes);
    if (refusal) throw this.#fail(tooManyUploads({ isFromOneAddress: refusal === "address" }));
  }

  /** What is refused is left unread, so that the client still gets the answer. */
  read(request: Request): ReadableStream<Uint8Array> {
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          reader ??= request.body?.getReader();
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
          if (done) return controller.close();
          this.count(value.byteLength);
          controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    );
  }

  release(): void {
    this.#hold.release();
  }

  #fail(error: KitError): KitError {
    this.failure = error;
    return error;
  }
}
