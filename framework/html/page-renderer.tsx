import type { Context, MiddlewareHandler } from "hono";
import { RequestContext } from "hono/jsx-renderer";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Logger, silentLogger } from "../base/index.ts";
import { checkMarkup } from "./check-markup.ts";
import type { Html } from "./html.ts";
import { readHtmxRequest } from "./htmx-request.ts";
import { renderHtml } from "./render-html.ts";
import type { TopicName } from "./topics.ts";

/** Options of `c.render(content, options)`. Apps can add fields with `declare module "buffkit" { interface PageOptions { … } }`. */
export interface PageOptions {
  /** The `<title>`. */
  readonly title: string;
  /** HTTP status. Default: the one set by `c.status()`, or 200. Use 422 for a form with problems. */
  readonly status?: ContentfulStatusCode;
  /** The `<meta name="description">`. */
  readonly description?: string;
  /** The topics that the page listens to. Its layout passes them to `<LiveStream>`; the parts say who may listen. */
  readonly topics?: readonly TopicName[];
}

export interface LayoutProps extends PageOptions {
  readonly c: Context;
  readonly children: Html;
}

/** The markup around a page: a component that returns the whole document. */
export type Layout = (props: LayoutProps) => Html;

declare module "hono" {
  interface ContextRenderer {
    // biome-ignore lint/style/useShorthandFunctionType: only an interface merges with Hono's.
    (content: Html, options: PageOptions): Response | Promise<Response>;
  }
}

/**
 * Adds `c.render(content, { title })`, which sends only the content to an htmx request for a fragment (`HX-Request-Type: partial`), and
 * the content inside `layout` to everything else, including Back and Forward. Sets `Vary: HX-Request-Type`, so that no cache serves a
 * fragment as a page. Components can get Hono's context with `useRequestContext()` of `hono/jsx-renderer`.
 *
 * `c.html(<Component/>)` renders like `c.render`, without a layout: it refuses unsafe addresses too.
 */
export function pageRenderer(layout: Layout, options: { readonly log?: Logger } = {}): MiddlewareHandler {
  return async (c, next) => {
    checkMarkup(c, options.log ?? silentLogger);
    c.setRenderer((content, page) => answer(c, layout, { content, options: page }));
    await next();
  };
}

async function answer(c: Context, layout: Layout, page: { content: Html; options: PageOptions }): Promise<Response> {
  const { content, options } = page;
  c.header("Vary", "HX-Request-Type", { append: true });
  const Frame = layout;
  const body = readHtmxRequest(c).isPartial ? (
    content
  ) : (
    <Frame {...options} c={c}>
      {content}
    </Frame>
  );
  const html = await renderHtml(<RequestContext.Provider value={c}>{body}</RequestContext.Provider>);
  return options.status === undefined ? c.html(html) : c.html(html, options.status);
}
