import { useContext } from "hono/jsx";
import { RequestContext } from "hono/jsx-renderer";
import { csrfFieldName } from "./read-form.ts";

/**
 * The hidden input with the CSRF token. Without `token` it takes `c.var.csrfToken` of the request that is being rendered by
 * `c.render`; without either it renders nothing, and the check of the request's origin stands alone.
 */
export function CsrfField({ token }: { readonly token?: string | undefined }) {
  const known: unknown = token ?? useContext(RequestContext)?.get("csrfToken");
  if (typeof known !== "string" || known === "") return null;
  return <input type="hidden" name={csrfFieldName} value={known} />;
}
