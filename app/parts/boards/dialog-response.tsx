import { type Html, hxReswap, hxRetarget, type PageOptions } from "buffkit";
import type { Context } from "hono";
import { wantsFragment } from "./request-context.ts";

/**
 * Shows a form or a question in the dialog of the open board, or on a page of its own. On that page `hx-ignore` turns htmx off,
 * because the targets of its responses are missing there.
 */
export async function renderDialog(c: Context, content: Html, options: PageOptions): Promise<Response> {
  if (wantsFragment(c)) return c.render(content, options);
  return c.render(
    <div class="panel dialog-page" hx-ignore>
      {content}
    </div>,
    options,
  );
}

/** Shows a form again with its problems (422), in place or on a page of its own. */
export async function renderProblems(c: Context, form: Html, selector: string): Promise<Response> {
  if (wantsFragment(c)) {
    hxRetarget(c, selector);
    hxReswap(c, "outerMorph");
  }
  return renderDialog(c, form, { title: "Please check your input", status: 422 });
}
