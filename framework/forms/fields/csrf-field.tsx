import { currentRequest } from "../../html/index.ts";
import { csrfFieldName } from "../input/read-form.ts";

/**
 * The hidden input with the CSRF token. Default: `c.var.csrfToken` of the request that `c.render` is rendering. Renders nothing without a
 * token; the form is then protected only by the check of the request's origin.
 */
export function CsrfField({ token }: { readonly token?: string }) {
  const known: unknown = token ?? currentRequest()?.get("csrfToken");
  if (typeof known !== "string" || known === "") return null;
  return <input type="hidden" name={csrfFieldName} value={known} />;
}
