import type { Context } from "hono";
import { z } from "zod";
import { Form, readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import { type AuthServices, requestFacts } from "../auth-services.ts";
import { logInByRegistration } from "../log-in.ts";
import { paths } from "../paths.ts";
import type { StoredToken } from "../tokens/tokens.ts";
import { publicUser, type User } from "../users/user.ts";
import { EmailField } from "./account-fields.tsx";
import { AuthCard } from "./auth-card.tsx";
import { sendVerification, sendWelcome } from "./auth-mails.tsx";
import { DeadLinkPage } from "./dead-link-page.tsx";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { emailField } from "./form-schemas.ts";
import { SubmitButton } from "./submit-button.tsx";

const title = "Confirm your email";
const tokenSchema = z.object({ token: z.string().max(100).catch("") });
const askSchema = z.object({ email: emailField });
const deadLink = { lifetime: "day", again: { href: paths.verifyEmail, text: "Ask for a new link" } } as const;
const resend = `${paths.verifyEmail}/resend`;

/** The page that a mailed link opens to confirm the address of a new account; and the way to a new link. */
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

/** Does what the link was for and gives its user; null when the account has meanwhile another address. */
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
        <SubmitButton>Confirm</SubmitButton>
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
        {user ? null : <EmailField focus={focus} />}
        <SubmitButton>Send a new link</SubmitButton>
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
