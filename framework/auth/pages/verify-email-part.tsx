import type { Context } from "hono";
import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { logInByRegistration } from "../login.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import type { StoredToken } from "../tokens/tokens.ts";
import { publicUser, type User } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendVerification, sendWelcome } from "./auth-mails.tsx";
import { EmailField, emailField } from "./fields.tsx";
import { CheckEmailPage, checkEmailTitle, DeadLinkPage, hideUrl, tokenField } from "./mailed-link.tsx";

const title = "Confirm your email";
const tokenSchema = z.object({ token: tokenField });
const askSchema = z.object({ email: emailField });
const deadLink = { lifetime: "day", again: { href: paths.verifyEmail, text: "Get a new link" } } as const;
const resend = `${paths.verifyEmail}/resend`;

/** The page where a mailed link confirms the address of a new account, and where people get a new link. */
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
  hideUrl(c);
  const found = await services.tokens.look(token, "verify-email");
  if (!found) return c.render(<DeadLinkPage {...deadLink} />, { title, status: 400 });
  return c.render(<ConfirmPage token={token} email={found.email} />, { title });
}

async function confirm(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, tokenSchema);
  const taken = form.ok ? await services.tokens.take(form.data.token, "verify-email") : null;
  const owner = taken && (await apply(services, c, taken));
  if (!owner) return c.render(<DeadLinkPage {...deadLink} />, { title, status: 400 });
  await logInByRegistration(services, c, owner);
  setFlash(c, "success", "Your email address is confirmed.");
  return redirectTo(c, c.get("user") ? services.afterLogin : paths.login);
}

/** Confirms the address and returns the user, or null if the account has a different address by now. */
async function apply(services: AuthServices, c: Context, token: StoredToken): Promise<User | null> {
  const record = await services.users.findById(token.userId);
  if (!record || record.disabledAt !== null) return null;
  const user = publicUser(record);
  if (user.email !== token.email) return null;
  const emailVerifiedAt = services.clock.now();
  await services.users.update(user.id, { emailVerifiedAt });
  await services.audit(c, { action: "email-verified", userId: user.id });
  if (user.emailVerifiedAt === null) services.later.run(() => sendWelcome(services, user));
  return { ...user, emailVerifiedAt };
}

async function sendAgain(services: AuthServices, c: Context): Promise<Response> {
  const user = c.get("user") ?? null;
  const form = await readForm(c, askSchema);
  if (!user && !form.ok) {
    return c.render(<ResendPage user={null} state={form} />, { title, status: withProblems(c) });
  }
  const email = user?.email ?? (form.ok ? form.data.email : "");
  const verdict = await services.limits.mail("verify", email, requestFacts(c).address);
  if (!verdict.ok) {
    const { status, problems } = tooManyAttempts(c, verdict.retryAfterMs);
    return c.render(<ResendPage user={user} state={{ problems, old: { email } }} />, { title, status });
  }
  services.later.run(async () => {
    const record = await services.users.findByEmail(email);
    if (!record || record.disabledAt !== null || record.emailVerifiedAt !== null) return;
    await sendVerification(services, publicUser(record));
  });
  return c.render(<SentPage email={email} />, { title: checkEmailTitle });
}

function ConfirmPage({ token, email }: { readonly token: string; readonly email: string }) {
  return (
    <AuthCard title={title}>
      <p>
        Is <strong>{email}</strong> your email address?
      </p>
      <AuthForm action={paths.verifyEmail} id="verify" hidden={{ token }} submit="Confirm" />
    </AuthCard>
  );
}

function ResendPage({ user, state }: { readonly user: User | null; readonly state?: FormState }) {
  const link = user ? { href: paths.account, text: "Your account" } : { href: paths.login, text: "Log in" };
  return (
    <AuthCard title={title} links={[link]}>
      <p>Open the link in the email we sent you. If it didn't arrive, we can send another one.</p>
      <AuthForm action={resend} id="resend" focus={["email"]} state={state} submit="Send a new link">
        {user ? null : <EmailField />}
      </AuthForm>
    </AuthCard>
  );
}

function SentPage({ email }: { readonly email: string }) {
  return (
    <CheckEmailPage>
      If <strong>{email}</strong> still needs to be confirmed, we've sent it a new link.
    </CheckEmailPage>
  );
}
