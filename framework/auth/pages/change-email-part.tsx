import type { Context } from "hono";
import { z } from "zod";
import { Form, readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { keepOnly } from "../log-in.ts";
import { paths } from "../paths.ts";
import type { StoredToken } from "../tokens/tokens.ts";
import { publicUser, type User } from "../users/user.ts";
import { AuthCard } from "./auth-card.tsx";
import { sendEmailChanged } from "./auth-mails.tsx";
import { DeadLinkPage } from "./dead-link-page.tsx";
import { askNewAddress } from "./email-change.ts";
import { SubmitButton } from "./submit-button.tsx";

const title = "Change your email";
const tokenSchema = z.object({ token: z.string().max(100).catch("") });

/** The page that the two mailed links open when an address changes: first at the present address, then at the new one. */
export function changeEmailPart(services: AuthServices): AuthPart {
  return {
    name: "change-email",
    mount(app) {
      app.get(paths.changeEmail, (c) => show(services, c));
      app.post(paths.changeEmail, (c) => agree(services, c));
    },
  };
}

async function show(services: AuthServices, c: Context): Promise<Response> {
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cache-Control", "no-store");
  const token = c.req.query("token") ?? "";
  const found = await look(services, token);
  if (!found) return refuse(c);
  return c.render(<AgreePage token={token} found={found} />, { title });
}

async function agree(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, tokenSchema);
  const found = form.ok ? await look(services, form.data.token) : null;
  const taken = found && form.ok ? await services.tokens.take(form.data.token, found.purpose) : null;
  const record = taken && (await services.users.findById(taken.userId));
  if (!record || record.disabledAt !== null || isOlderThanAddress(taken, record)) return refuse(c);
  const user = publicUser(record);
  if (taken.purpose === "approve-email-change") {
    await services.audit(c, { action: "email-change-approved", userId: user.id });
    services.later.run(() => askNewAddress(services, user, taken.email));
    setFlash(c, "success", `Now follow the link that we have sent to ${taken.email}.`);
  } else {
    if (!(await change(services, c, { user, email: taken.email }))) return refuse(c);
    setFlash(c, "success", "Your email address is changed.");
  }
  return redirectTo(c, c.get("user") ? paths.account : paths.login);
}

async function look(services: AuthServices, token: string): Promise<StoredToken | null> {
  const { tokens } = services;
  return (await tokens.look(token, "approve-email-change")) ?? (await tokens.look(token, "change-email"));
}

/** A link that was made before the present address was confirmed: that one has never been asked. */
function isOlderThanAddress({ createdAt }: StoredToken, { emailVerifiedAt }: User): boolean {
  return emailVerifiedAt !== null && createdAt < emailVerifiedAt;
}

/** False when the address has meanwhile become another account's. */
async function change(
  services: AuthServices,
  c: Context,
  { user, email }: { readonly user: User; readonly email: string },
): Promise<boolean> {
  const written = await services.users.update(user.id, { email, emailVerifiedAt: services.clock.now() });
  if (!written.ok) return false;
  const session = c.get("session");
  if (session?.userId === user.id) await keepOnly(services, c, { session, reason: "revoked" });
  else await services.sessions.endAll(user.id, "revoked");
  await services.audit(c, { action: "email-changed", userId: user.id });
  services.later.run(() => sendEmailChanged(services, user, email));
  return true;
}

async function refuse(c: Context): Promise<Response> {
  const again = { href: paths.account, text: "Your account" };
  return c.render(<DeadLinkPage lifetime="day" again={again} />, { title, status: 400 });
}

function AgreePage({ token, found }: { readonly token: string; readonly found: StoredToken }) {
  const isFirst = found.purpose === "approve-email-change";
  return (
    <AuthCard title={title}>
      <p>
        {isFirst ? "Shall your account use " : "Is "}
        <strong>{found.email}</strong>
        {isFirst ? " from now on? If you agree, we ask there too." : " your address?"}
      </p>
      <Form action={paths.changeEmail} id="change-email">
        <input type="hidden" name="token" value={token} />
        <SubmitButton>{isFirst ? "Approve" : "Confirm"}</SubmitButton>
      </Form>
    </AuthCard>
  );
}
