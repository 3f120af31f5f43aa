import type { Context } from "hono";
import { z } from "zod";
import { Field, Form, readForm, setFlash } from "../forms/index.ts";
import { redirectTo } from "../html/index.ts";
import type { AuthPart } from "./auth.ts";
import { AuthCard } from "./auth-card.tsx";
import { sendEmailChanged, sendVerification, sendWelcome } from "./auth-mails.tsx";
import { type AuthServices, requestFacts } from "./auth-services.ts";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { emailField } from "./form-schemas.ts";
import { logInByRegistration } from "./log-in.ts";
import { paths } from "./paths.ts";
import type { StoredToken } from "./token-store.ts";
import { publicUser, type User } from "./user.ts";

const title = "Confirm your email";
const tokenSchema = z.object({ token: z.string().max(100).catch("") });
const askSchema = z.object({ email: emailField });
const resend = `${paths.verifyEmail}/resend`;

/** The page that a mailed link opens to confirm an address, a new account's or a changed one; and the way to a new link. */
export function verifyEmailPart(services: AuthServices): AuthPart {
  return {
    name: "verify-email",
    mount(app) {
      app.get(paths.verifyEmail, (c) => show(services, c));
      app.post(paths.verifyEmail, (c) => confirm(services, c));
      app.post(resend, (c) => sendAgain(services, c));
    },
  };
}

async function show(services: AuthServices, c: Context): Promise<Response> {
  const token = c.req.query("token");
  if (token === undefined) return c.render(<ResendPage user={c.get("user") ?? null} />, { title });
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cache-Control", "no-store");
  const found = await look(services, token);
  if (!found) return c.render(<DeadLinkPage />, { title, status: 400 });
  return c.render(<ConfirmPage token={token} email={found.email} />, { title });
}

async function confirm(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, tokenSchema);
  const found = form.ok ? await look(services, form.data.token) : null;
  const taken = found && form.ok ? await services.tokens.take(form.data.token, found.purpose) : null;
  const owner = taken && (await apply(services, c, taken));
  if (!owner) return c.render(<DeadLinkPage />, { title, status: 400 });
  if (taken.purpose === "verify-email") await logInByRegistration(services, c, owner);
  setFlash(c, "success", "Your email address is confirmed.");
  return redirectTo(c, c.get("user") ? services.afterLogin : paths.login);
}

async function look(services: AuthServices, token: string): Promise<StoredToken | null> {
  return (await services.tokens.look(token, "verify-email")) ?? (await services.tokens.look(token, "change-email"));
}

/** Does what the link was for and gives its user; null when the account has meanwhile another address, or the address another account. */
async function apply(services: AuthServices, c: Context, token: StoredToken): Promise<User | null> {
  const record = await services.users.findById(token.userId);
  if (!record || record.disabledAt !== null) return null;
  const user = publicUser(record);
  const emailVerifiedAt = services.clock.now();
  if (token.purpose === "verify-email") {
    if (user.email !== token.email) return null;
    const isFirst = user.emailVerifiedAt === null;
    await services.users.update(user.id, { emailVerifiedAt });
    await services.audit(c, { action: "email-verified", userId: user.id });
    if (isFirst) services.later.run(() => sendWelcome(services, user));
    return { ...user, emailVerifiedAt };
  }
  const written = await services.users.update(user.id, { email: token.email, emailVerifiedAt });
  if (!written.ok) return null;
  // Links that were sent to the old address must not open the account any more.
  await services.tokens.deleteForUser(user.id);
  const own = c.get("session");
  await services.sessions.endAll(user.id, "revoked", own?.userId === user.id ? own.id : undefined);
  await services.audit(c, { action: "email-changed", userId: user.id });
  services.later.run(() => sendEmailChanged(services, user, token.email));
  return { ...user, email: token.email, emailVerifiedAt };
}

async function sendAgain(services: AuthServices, c: Context): Promise<Response> {
  const user = c.get("user") ?? null;
  const form = await readForm(c, askSchema);
  if (!user && !form.ok) {
    return c.render(<ResendPage {...form} user={null} />, { title, status: withProblems(c) });
  }
  const email = user?.email ?? (form.ok ? form.data.email : "");
  const verdict = await services.limits.mail("verify", email, requestFacts(c).address);
  if (!verdict.ok) {
    const { status, problems } = tooManyTries(c, verdict.retryAfterMs);
    return c.render(<ResendPage user={user} problems={problems} old={{ email }} />, { title, status });
  }
  services.later.run(async () => {
    const record = await services.users.findByEmail(email);
    if (!record || record.disabledAt !== null || record.emailVerifiedAt !== null) return;
    await sendVerification(services, publicUser(record));
  });
  return c.render(<SentPage email={email} />, { title: "Check your email" });
}

function ConfirmPage({ token, email }: { readonly token: string; readonly email: string }) {
  return (
    <AuthCard title={title}>
      <p>
        Is <strong>{email}</strong> your address?
      </p>
      <Form action={paths.verifyEmail} id="verify">
        <input type="hidden" name="token" value={token} />
        <div class="actions">
          <button type="submit">Confirm</button>
        </div>
      </Form>
    </AuthCard>
  );
}

function ResendPage({ user, problems, old }: FormState & { readonly user: User | null }) {
  const focus = focusOn(["email"], problems);
  return (
    <AuthCard
      title={title}
      links={[user ? { href: paths.account, text: "Your account" } : { href: paths.login, text: "Log in" }]}
    >
      <p>Follow the link in the message that we have sent you. Did it not arrive? We can send another.</p>
      <Form action={resend} id="resend" {...(problems ? { problems } : {})} {...(old ? { old } : {})}>
        {user ? null : (
          <Field
            name="email"
            label="Email"
            type="email"
            autocomplete="username"
            maxlength={254}
            required
            {...focus("email")}
          />
        )}
        <div class="actions">
          <button type="submit">Send a new link</button>
        </div>
      </Form>
    </AuthCard>
  );
}

function SentPage({ email }: { readonly email: string }) {
  return (
    <AuthCard title="Check your email">
      <p class="notice" role="status">
        If <strong>{email}</strong> is waiting to be confirmed, a message with a new link is on its way.
      </p>
    </AuthCard>
  );
}

function DeadLinkPage() {
  return (
    <AuthCard title="This link no longer works" links={[{ href: paths.verifyEmail, text: "Ask for a new link" }]}>
      <p class="notice error" role="alert">
        Links work once and for one day, and a newer one replaces the older.
      </p>
    </AuthCard>
  );
}
