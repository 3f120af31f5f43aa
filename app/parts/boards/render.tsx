import { type Html, hxReswap, hxRetarget, type PageOptions } from "buffkit";
import type { Context } from "hono";
import { wantsFragment } from "./visit.ts";

/**
 * Shows a form or a question: in the dialog of the open board, or on a page of its own. There `hx-ignore` turns htmx off, because
 * nothing that its answers aim at is on that page.
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

/** Shows a form again with its problems (422): in its own place, or on a page of its own. */
export async function renderProblems(c: Context, form: Html, selector: string): Promise<Response> {
  if (wantsFragment(c)) {
    hxRetarget(c, selector);
    hxReswap(c, "outerMorph");
  }
  return renderDialog(c, form, { title: "Please check what you typed", status: 422 });
}
