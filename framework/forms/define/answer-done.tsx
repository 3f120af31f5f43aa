import type { Context } from "hono";
import { hxLocation, hxReswap, hxRetarget, hxTrigger, readHtmxRequest, redirectTo } from "../../html/index.ts";
import { setFlash, takeFlash } from "../flash/flash.ts";
import { FlashPartial } from "../flash/flash-area.tsx";
import { answerFlash } from "./answer-flash.tsx";
import type { DoneOptions } from "./answers.ts";
import { type FormBlueprint, FormContent, type ShownForm } from "./form-element.tsx";
import { pageOf } from "./form-page.ts";

/** After a form was accepted: an empty form for htmx, whose page is live, and a redirect for others. */
export async function answerDone<Name extends string, Given>(
  c: Context,
  form: FormBlueprint<Name, Given>,
  done: {
    readonly options: DoneOptions;
    readonly shown: () => Promise<ShownForm<Given>>;
    /** The page to go to from a form on a page of its own. */
    readonly page: string | null;
  },
): Promise<Response> {
  const { flash, to, refresh, event } = done.options;
  if (flash !== undefined) {
    const { kind, text } = typeof flash === "string" ? { kind: "success" as const, text: flash } : flash;
    setFlash(c, kind, text);
  }
  const { isPartial } = readHtmxRequest(c);
  const page = done.page ?? pageOf(c) ?? "/";
  if (!isPartial) return redirectTo(c, to ?? page);
  if (event !== undefined) hxTrigger(c, event);
  if (done.page !== null || (to !== undefined && !isSamePage(page, to))) return hxLocation(c, to ?? page);
  // Without a stream, no broadcast reaches the page.
  if (refresh ?? c.req.header("X-Connection-Id") === undefined) return hxLocation(c, { path: page, replace: "true" });
  if (form.fields === undefined) return answerFlash(c, 204);
  const shown = await done.shown();
  hxRetarget(c, `#${shown.id}`);
  hxReswap(c, shown.keeps ? "innerMorph" : "innerHTML");
  const messages = takeFlash(c);
  return c.render(
    <>
      <FormContent form={form} shown={shown} />
      {messages.length > 0 ? <FlashPartial messages={messages} /> : null}
    </>,
    { title: "" },
  );
}

/** Whether a page is the one to go to. Unless `to` has a query, any will do: a list with a search in its URL is still the list. */
function isSamePage(page: string, to: string): boolean {
  return page === to || page.split("?")[0] === to;
}
