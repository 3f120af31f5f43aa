import type { Context } from "hono";
import { renderHtml } from "../../html/index.ts";
import type { SentValues } from "../input/read-form.ts";
import { type FormBlueprint, FormContent, type ShownForm } from "./form-element.tsx";
import { actionOf } from "./form-page.ts";
import { formPostsOf } from "./form-posts.ts";

/** Keeps a form as it was sent, but for passwords, for the next time that its page is shown. False if it is too large for that. */
export async function keepInput<Name extends string, Given>(
  c: Context,
  form: FormBlueprint<Name, Given>,
  shown: ShownForm<Given>,
): Promise<boolean> {
  const { id, problems } = shown;
  return formPostsOf(c).keep({ id, action: actionOf(c), problems, sent: await withoutPasswords(form, shown) });
}

/** The name of a password field may be anything, so the fields are asked. */
async function withoutPasswords<Name extends string, Given>(
  form: FormBlueprint<Name, Given>,
  shown: ShownForm<Given>,
): Promise<SentValues> {
  const passwords = new Set<string>();
  const note = (field: { readonly name: string; readonly type: string }) => {
    if (field.type === "password") passwords.add(field.name);
  };
  await renderHtml(<FormContent form={form} shown={shown} onField={note} />);
  return Object.fromEntries(Object.entries(shown.sent ?? {}).filter(([name]) => !passwords.has(name)));
}
