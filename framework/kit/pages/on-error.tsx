import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { KitError, type Logger } from "../../base/index.ts";
import { hxReswap, hxRetarget, readHtmxRequest } from "../../html/index.ts";
import { readNodeBindings } from "../../sse/index.ts";
import type { ErrorPresenter } from "../kit.ts";
import { ErrorFragment, ErrorPage } from "./error-page.tsx";

export interface OnErrorOptions {
  readonly log: Logger;
  /** The development error page, if there is one. Called for each error, because it is mounted after this handler. */
  readonly presenter: () => ErrorPresenter | undefined;
}

/**
 * The one place that decides how errors look. An error is logged with the request id. The visitor sees that id and a sentence: as a page
 * or, for htmx, as a short message in the flash area, so that an error never ends up in the middle of a page.
 */
export function createErrorHandler({ log, presenter }: OnErrorOptions): ErrorHandler {
  return async function onError(error, c) {
    const isDisconnected = hasDisconnected(c);
    const status = isDisconnected ? 400 : statusOf(error);
    const facts = {
      requestId: c.get("requestId"),
      method: c.req.method,
      path: c.req.path,
      status,
      err: factsOf(error),
    };
    if (isDisconnected) log.info(facts, "the client disconnected before sending its whole request");
    else if (status >= 500) log.error(facts, "request failed");
    else log.warn(facts, "request refused");
    if (error instanceof HTTPException && error.res) return error.getResponse();
    const present = presenter();
    if (present && status >= 500) return present(error, c);
    return plainAnswer(c, status, error instanceof KitError && status < 500 ? error.message : undefined);
  };
}

/** Answers requests that match no route: with a page for people, a sentence for htmx and programs. */
export function createNotFoundHandler(): NotFoundHandler {
  return (c) => plainAnswer(c, 404);
}

async function plainAnswer(c: Context, status: ContentfulStatusCode, text?: string): Promise<Response> {
  const props = { status, text: text ?? sentenceFor(status, c.req.method), requestId: c.get("requestId") };
  const request = readHtmxRequest(c);
  if (request.isHtmx && request.isPartial) {
    hxRetarget(c, "#bk-flash");
    hxReswap(c, "innerHTML");
    return c.html(<ErrorFragment {...props} />, status);
  }
  if (!c.req.header("Accept")?.includes("text/html")) return c.text(`${props.text}\n`, status);
  return c.render(<ErrorPage {...props} />, { title: props.text, status });
}

/** A client that disconnects while sending makes reading its body fail, which isn't a server error. Detected on Node only. */
function hasDisconnected(c: Context): boolean {
  const incoming = readNodeBindings(c)?.incoming;
  return incoming?.destroyed === true && !incoming.complete;
}

function statusOf(error: Error): ContentfulStatusCode {
  const status = error instanceof KitError || error instanceof HTTPException ? error.status : 500;
  return (status >= 400 && status <= 599 ? status : 500) as ContentfulStatusCode; // 4xx and 5xx all carry a body
}

/** What is logged of an error and of its causes, because pino needs to be told how to write them. */
function factsOf(error: unknown, depth = 0): object | undefined {
  if (!(error instanceof Error)) return error === undefined ? undefined : { message: String(error) };
  const code = error instanceof KitError ? { code: error.code } : {};
  const cause = depth < 4 ? factsOf(error.cause, depth + 1) : undefined;
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...(cause ? { cause } : {}) };
}

function sentenceFor(status: number, method: string): string {
  const sentences: Readonly<Record<number, string>> = {
    400: "We couldn't understand that request.",
    403: "You don't have permission to do that.",
    // What somebody changes was there before.
    404: method === "GET" || method === "HEAD" ? "This page doesn't exist." : "This doesn't exist anymore.",
    409: "Someone else changed this in the meantime.",
    413: "That's too large.",
    422: "Some of the data you sent isn't valid.",
    429: "Too many requests. Please wait a moment.",
    503: "We're busy right now. Please try again in a moment.",
  };
  return sentences[status] ?? (status < 500 ? "That request was rejected." : "Something went wrong on our end.");
}
