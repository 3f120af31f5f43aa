import type { Context } from "hono";
import { hxReswap, hxRetarget } from "../../html/index.ts";
import { takeFlash } from "../flash/flash.ts";
import { FlashPartial, flashAreaId } from "../flash/flash-area.tsx";

/** An answer to htmx that changes nothing but the messages of the page. Status 204 becomes 200 if there are any. */
export function answerFlash(c: Context, status: 204 | 422): Response | Promise<Response> {
  hxReswap(c, "none");
  // Says that the answer brings a message of its own; otherwise the page would add one about a failed request.
  hxRetarget(c, `#${flashAreaId}`);
  const messages = takeFlash(c);
  if (messages.length === 0) return c.body(null, status);
  return c.render(<FlashPartial messages={messages} />, { title: "", status: status === 204 ? 200 : status });
}
