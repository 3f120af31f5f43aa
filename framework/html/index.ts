export { replacedAddress } from "./check-markup.ts";
export { checkSelector } from "./check-selector.ts";
export { type CloseEvent, formatCloseEvent } from "./close-event.ts";
export { ConnectionIndicator, Document, type DocumentProps, type ScriptLink } from "./document.tsx";
export type { ElementAttributes, Strict } from "./element-attributes.ts";
export { readsViewer } from "./errors.ts";
export { type Html, type Markup, raw } from "./html.ts";
export type { HtmxAttributes, Swap, SwapStyle } from "./htmx-attributes.ts";
export { type ElementReference, type HtmxRequest, readHtmxRequest } from "./htmx-request.ts";
export {
  hxLocation,
  hxPushUrl,
  hxRedirect,
  hxRefresh,
  hxReplaceUrl,
  hxReselect,
  hxReswap,
  hxRetarget,
  hxTrigger,
  type Json,
  type LocationOptions,
  redirectTo,
} from "./htmx-response.ts";
export { formatOnlyStyles, Only, type OnlyProps, onlyStylesPath, type Viewer } from "./only.tsx";
export { orNotFound } from "./or-not-found.ts";
export { type Layout, type LayoutProps, type PageOptions, pageRenderer } from "./page-renderer.tsx";
export { Partial, type PartialProps } from "./partial.tsx";
export { type RenderOptions, renderHtml } from "./render-html.ts";
export { JsonScript, safeJson } from "./safe-json.tsx";
export { isSafeUrl, safeUrl } from "./safe-url.ts";
export { type TextDirection, textDirection } from "./text-direction.ts";
export type { TopicName, Topics, TopicsOf } from "./topics.ts";
export { sanitizeHtml, UserHtml, type UserHtmlProps } from "./user-html.tsx";
export { currentRequest, isShared, noRequest } from "./viewer.ts";
