import type { Context } from "hono";
import { hxReswap, hxRetarget, readHtmxRequest } from "../../html/index.ts";
import { setFlash, takeFlash } from "../flash/flash.ts";
import { FlashPartial } from "../flash/flash-area.tsx";
import type { Problems } from "../input/read-form.ts";
import { answerFlash } from "./answer-flash.tsx";
import type { RefuseOptions } from "./answers.ts";
import { type FormBlueprint, FormContent, FormElement, type ShownForm } from "./form-element.tsx";
import { actionOf, pageOf } from "./form-page.ts";
import { keepInput } from "./keep-input.tsx";

const title = "Please check your input";

/**
 * Shows the form again with its problems: to htmx in its place (422), to others on its page. If there is no page to go back to, or the
 * input doesn't fit in a cookie, the form is a page of its own (422).
 */
export async function answerRefused<Name extends string, Given>(
  c: Context,
  form: FormBlueprint<Name, Given>,
  shown: ShownForm<Given>,
  { ownPage = false }: RefuseOptions = {},
): Promise<Response> {
  if (form.fields === undefined) return refuseWithoutForm(c, shown.problems);
  if (readHtmxRequest(c).isPartial) {
    hxRetarget(c, `#${shown.id}`);
    hxReswap(c, "innerMorph");
    // Without messages, those of an earlier answer go away: "Added." doesn't stay next to a problem.
    const messages = takeFlash(c);
    return c.render(
      <>
        <FormContent form={form} shown={shown} />
        <FlashPartial messages={messages} />
      </>,
      { title, status: 422 },
    );
  }
  const page = pageOf(c);
  const goesBack = page !== null && !ownPage && shown.page === undefined;
  if (goesBack && (await keepInput(c, form, shown))) return c.redirect(page, 303);
  const again = { ...shown, page: shown.page ?? page ?? "/" };
  return c.render(<FormElement form={form} shown={again} attributes={{ action: actionOf(c) }} />, {
    title,
    status: 422,
  });
}

/** There is nothing to show again, so the problems are messages. */
function refuseWithoutForm(c: Context, problems: Problems): Response | Promise<Response> {
  setFlash(c, "error", Object.values(problems).flat().join(" "));
  if (readHtmxRequest(c).isPartial) return answerFlash(c, 422);
  const page = pageOf(c);
  return page === null ? c.render(<h1>{title}</h1>, { title, status: 422 }) : c.redirect(page, 303);
}
