import type { Context } from "hono";
import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { whenNotBusy } from "../passwords/passwords.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { publicUser, type UserRecord } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendPasswordChanged, sendPasswordReset } from "./auth-mails.tsx";
import {
  EmailField,
  emailField,
  NewPasswordFields,
  newPasswordFields,
  passwordsDiffer,
  passwordsMatch,
} from "./fields.tsx";
import { CheckEmailPage, checkEmailTitle, DeadLinkPage, hideUrl, tokenField } from "./mailed-link.tsx";

const askSchema = z.object({ email: emailField });
const tokenSchema = z.object({ token: tokenField });
const resetSchema = z.object({ token: tokenField, ...newPasswordFields }).refine(passwordsMatch, passwordsDiffer);

const deadLink = { lifetime: "hour", again: { href: paths.forgotPassword, text: "Get a new link" } } as const;
const backToLogin = [{ href: paths.login, text: "Back to login" }];
const askTitle = "Forgot your password?";
const description = "Forgot your password? Get a link by email to choose a new one.";
const resetTitle = "Choose a new password";

/** The pages for a forgotten password. */
export function passwordResetPart(services: AuthServices): AuthPart {
  return {
    name: "password-reset",
    mount(app) {
      app.get(paths.forgotPassword, (c) => c.render(<ForgotPage />, { title: askTitle, description }));
      app.post(paths.forgotPassword, (c) => ask(services, c));
      app.get(paths.resetPassword, (c) => showReset(services, c));
      app.post(paths.resetPassword, (c) => reset(services, c));
    },
  };
}

/** The address is looked up and the mail is sent after the response, which is therefore the same for everybody. */
async function ask(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, askSchema);
  if (!form.ok) return c.render(<ForgotPage state={form} />, { title: askTitle, status: withProblems(c) });
  const { email } = form.data;
  const verdict = await services.limits.mail("reset", email, requestFacts(c).address);
  if (!verdict.ok) {
    const { status, problems } = tooManyAttempts(c, verdict.retryAfterMs);
    return c.render(<ForgotPage state={{ problems, old: { email } }} />, { title: askTitle, status });
  }
  services.later.run(async () => {
    const user = await services.users.findByEmail(email);
    if (!user || user.disabledAt !== null) return;
    await sendPasswordReset(services, publicUser(user));
  });
  await services.audit(c, { action: "password-reset-asked" });
  return c.render(<SentPage email={email} />, { title: checkEmailTitle });
}

async function showReset(services: AuthServices, c: Context): Promise<Response> {
  hideUrl(c);
  const token = c.req.query("token") ?? "";
  // Opening the link doesn't use it up: mail programs open links to scan them.
  const owner = await ownerOf(services, await services.tokens.look(token, "reset-password"));
  if (!owner) return c.render(<DeadLinkPage {...deadLink} />, { title: resetTitle, status: 400 });
  return c.render(<ResetPage token={token} minLength={services.rules.minLength} />, { title: resetTitle });
}

async function reset(services: AuthServices, c: Context): Promise<Response> {
  hideUrl(c);
  const form = await readForm(c, resetSchema);
  const token = form.ok ? form.data.token : await postedToken(c);
  const owner = await ownerOf(services, await services.tokens.look(token, "reset-password"));
  if (!owner) return c.render(<DeadLinkPage {...deadLink} />, { title: resetTitle, status: 400 });
  const weak = form.ok ? services.rules.check(form.data.password, owner) : [];
  if (!form.ok || weak.length > 0) {
    const problems = form.ok ? { password: weak } : form.problems;
    const page = <ResetPage token={token} state={{ problems }} minLength={services.rules.minLength} />;
    return c.render(page, { title: resetTitle, status: withProblems(c) });
  }
  // Hash first: if the machine is too busy, the link must stay usable.
  const { password } = form.data;
  const passwordHash = await whenNotBusy(c, () => services.passwords.hash(password));
  if (!(await services.tokens.take(token, "reset-password"))) {
    return c.render(<DeadLinkPage {...deadLink} />, { title: resetTitle, status: 400 });
  }
  await setPassword(services, c, { owner, passwordHash });
  setFlash(c, "success", "Your password was changed. Log in with the new one.");
  return redirectTo(c, paths.login);
}

interface NewPassword {
  readonly owner: UserRecord;
  readonly passwordHash: string;
}

/** Ends all sessions, because a thief of the old password may have one, and logs nobody in. */
async function setPassword(services: AuthServices, c: Context, { owner, passwordHash }: NewPassword): Promise<void> {
  // The link was mailed to this address, so opening it confirms the address.
  const emailVerifiedAt = owner.emailVerifiedAt ?? services.clock.now();
  await services.users.update(owner.id, { passwordHash, emailVerifiedAt });
  await services.tokens.deleteForUser(owner.id);
  await services.sessions.endAll(owner.id, "password-changed");
  await services.limits.unlock(owner.email);
  await services.audit(c, { action: "password-reset", userId: owner.id });
  services.later.run(() => sendPasswordChanged(services, publicUser(owner)));
}

/** The user of a token, if the account still has the address that the token was sent to. */
async function ownerOf(services: AuthServices, token: { userId: string; email: string } | null) {
  const user = token ? await services.users.findById(token.userId) : null;
  return user && user.email === token?.email && user.disabledAt === null ? user : null;
}

async function postedToken(c: Context): Promise<string> {
  const form = await readForm(c, tokenSchema);
  return form.ok ? form.data.token : "";
}

function ForgotPage({ state }: { readonly state?: FormState }) {
  return (
    <AuthCard title={askTitle} links={backToLogin}>
      <p>Enter your email address, and we'll send you a link to choose a new password.</p>
      <AuthForm action={paths.forgotPassword} id="forgot" focus={["email"]} state={state} submit="Send link">
        <EmailField />
      </AuthForm>
    </AuthCard>
  );
}

function SentPage({ email }: { readonly email: string }) {
  return (
    <CheckEmailPage links={backToLogin}>
      If there's an account for <strong>{email}</strong>, we've sent it a link. The link works for one hour.
    </CheckEmailPage>
  );
}

interface ResetPageProps {
  readonly token: string;
  readonly minLength: number;
  readonly state?: FormState;
}

function ResetPage({ token, minLength, state }: ResetPageProps) {
  return (
    <AuthCard title={resetTitle}>
      <AuthForm
        action={paths.resetPassword}
        id="reset"
        focus={["password", "password_confirmation"]}
        hidden={{ token }}
        state={state}
        submit="Change password"
      >
        <NewPasswordFields minLength={minLength} />
      </AuthForm>
    </AuthCard>
  );
}
