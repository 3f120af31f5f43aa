import type { Context } from "hono";

/** An element as htmx names it in `HX-Source` and `HX-Target`: `button#save`. */
export interface ElementReference {
  /** Tag name in lower case. */
  readonly tag: string;
  /** The element's id, or null when it has none. */
  readonly id: string | null;
}

/** What htmx 4 says about a request. All of it is an untrusted hint: good for choosing markup, never for deciding rights. */
export interface HtmxRequest {
  /** Sent by htmx. A Back or Forward visit is not: see `isHistoryRestore`. */
  readonly isHtmx: boolean;
  /** Wants a fragment alone, without the layout. */
  readonly isPartial: boolean;
  /** Comes from a boosted link or form. */
  readonly isBoosted: boolean;
  /** Back or Forward: wants the whole page. */
  readonly isHistoryRestore: boolean;
  /** Address in the browser's bar. May contain secrets in its query: do not log it. */
  readonly currentUrl: string | null;
  /** The element that started the request. */
  readonly source: ElementReference | null;
  /** The element that takes the answer. */
  readonly target: ElementReference | null;
}

/** Reads the `HX-*` request headers of htmx 4. Malformed values count as absent. */
export function readHtmxRequest(c: Context): HtmxRequest {
  const isHistoryRestore = c.req.header("HX-History-Restore-Request") === "true";
  return {
    isHtmx: c.req.header("HX-Request") === "true",
    isPartial: c.req.header("HX-Request-Type") === "partial" && !isHistoryRestore,
    isBoosted: c.req.header("HX-Boosted") === "true",
    isHistoryRestore,
    currentUrl: c.req.header("HX-Current-URL") ?? null,
    source: parseElement(c.req.header("HX-Source")),
    target: parseElement(c.req.header("HX-Target")),
  };
}

function parseElement(value: string | undefined): ElementReference | null {
  if (!value) return null;
  const hash = value.indexOf("#");
  const tag = (hash === -1 ? value : value.slice(0, hash)).toLowerCase();
  if (!/^[a-z][\w.-]*$/.test(tag)) return null;
  const id = hash === -1 ? "" : decode(value.slice(hash + 1));
  return { tag, id: id === "" ? null : id };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
