import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { codeOf, KitError, type Logger, limitedWarning } from "../../base/index.ts";
import { hxReswap, hxRetarget, readHtmxRequest } from "../../html/index.ts";
import { noteRefusal } from "../../secure/index.ts";
import { readNodeBindings } from "../../sse/index.ts";
import type { ErrorPresenter } from "../kit.ts";
import { ErrorFragment, ErrorPage } from "./error-page.tsx";

export interface OnErrorOptions {
  readonly log: Logger;
  /** The development error page, if there is one. Called for each error, because it is mounted after this handler. */
  readonly presenter: () => ErrorPresenter | undefined;
  /** Log every request that is refused, not each kind once a minute. Default: false. */
  readonly dev?: boolean;
}

/** When to try again after a 503. */
const retryAfterSeconds = "5";

/**
 * The one place that decides how errors look. An error is logged with the request id; one that is the visitor's fault, which anyone can
 * repeat as often as they like, once a minute for each code. The visitor sees that id and a sentence: as a page
 * or, for htmx, as a short message in the flash area, so that an error never ends up in the middle of a page.
 */
export function createErrorHandler({ log, presenter, dev = false }: OnErrorOptions): ErrorHandler {
  const everyMs = dev ? 0 : undefined;
  const warn = limitedWarning({ log, everyMs });
  const inform = limitedWarning({ log, everyMs, level: "info" });
  return async function onError(error, c) {
    const isDisconnected = hasDisconnected(c);
    const status = isDisconnected ? 400 : statusOf(error);
    const facts = {
      requestId: c.get("requestId"),
      method: c.req.method,
      path: c.req.path,
      status,
      err: error,
    };
    if (isDisconnected) inform("disconnected", facts, "the client disconnected before sending its whole request");
    else if (status >= 500) log.error(facts, "request failed");
    else warn(`${status} ${codeOf(error)}`, facts, "request refused");
    // What is away or busy is usually back within seconds.
    if (status === 503) c.header("Retry-After", retryAfterSeconds);
    noteRefusal(c, "logged");
    const text = error instanceof KitError && status < 500 ? error.message : undefined;
    return orSentence(c, { log, status, ...(text === undefined ? {} : { text }) }, () => {
      if (error instanceof HTTPException && error.res) return error.getResponse();
      const present = presenter();
      return present && status >= 500 ? present(error, c) : plainAnswer(c, status, text);
    });
  };
}

export interface NotFoundOptions extends Pick<OnErrorOptions, "log"> {
  /** The URL of the icon for pages that name none, which browsers ask for as `/favicon.ico`. */
  readonly icon: () => string;
}

/**
 * Answers requests that match no route: with a page for people, a sentence for htmx and programs, and with the icon for browsers that
 * look for it under its usual name, as they do on pages that name none.
 */
export function createNotFoundHandler({ log, icon }: NotFoundOptions): NotFoundHandler {
  return (c) => {
    if (c.req.path === "/favicon.ico" && isRead(c)) return c.redirect(icon());
    return orSentence(c, { log, status: 404 }, () => plainAnswer(c, 404));
  };
}

interface Sentence {
  readonly log: Logger;
  readonly status: ContentfulStatusCode;
  readonly text?: string;
}

/** The page for an error can fail too, for example because of the layout. Then the visitor gets a sentence without it. */
async function orSentence(
  c: Context,
  sentence: Sentence,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    const { log, status, text = sentenceFor(status, c.req.method) } = sentence;
    log.error({ requestId: c.get("requestId"), path: c.req.path, err: error }, "the error page failed");
    return c.text(`${text}\n`, status);
  }
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

function isRead({ req: { method } }: Context): boolean {
  return method === "GET" || method === "HEAD";
}

function statusOf(error: Error): ContentfulStatusCode {
  const status = error instanceof KitError || error instanceof HTTPException ? error.status : 500;
  return (status >= 400 && status <= 599 ? status : 500) as ContentfulStatusCode; // 4xx and 5xx all carry a body
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
