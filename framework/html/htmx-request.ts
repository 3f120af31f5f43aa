import type { Context } from "hono";

/** An element in `HX-Source` or `HX-Target`, such as `button#save`. */
export interface ElementReference {
  /** Lowercase tag name. */
  readonly tag: string;
  /** The id of the element, if it has one. */
  readonly id: string | null;
}

/** What htmx 4 says about a request. Clients can send anything, so use it to choose markup, but never to check permissions. */
export interface HtmxRequest {
  /** Sent by htmx, except for Back and Forward; see `isHistoryRestore`. */
  readonly isHtmx: boolean;
  /** Expects a fragment, without the layout. */
  readonly isPartial: boolean;
  /** Sent by a boosted link or form. */
  readonly isBoosted: boolean;
  /** Back or Forward; expects the full page. */
  readonly isHistoryRestore: boolean;
  /** The URL in the address bar. Don't log it: its query may contain secrets. */
  readonly currentUrl: string | null;
  /** The element that started the request. */
  readonly source: ElementReference | null;
  /** The element that the response is for. */
  readonly target: ElementReference | null;
}

/** Reads the `HX-*` request headers of htmx 4. Malformed values are ignored. */
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
