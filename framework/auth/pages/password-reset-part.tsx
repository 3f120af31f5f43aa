import type { Context } from "hono";
import { z } from "zod";
import { Form, readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import { type AuthServices, requestFacts, whenNotBusy } from "../auth-services.ts";
import { paths } from "../paths.ts";
import { publicUser, type UserRecord } from "../users/user.ts";
import { EmailField, NewPasswordFields } from "./account-fields.tsx";
import { AuthCard } from "./auth-card.tsx";
import { sendPasswordChanged, sendPasswordReset } from "./auth-mails.tsx";
import { DeadLinkPage } from "./dead-link-page.tsx";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { emailField, passwordField } from "./form-schemas.ts";
import { SubmitButton } from "./submit-button.tsx";

const askSchema = z.object({ email: emailField });
const resetSchema = z
  .object({
    token: z.string().max(100).catch(""),
    password: passwordField,
    password_confirmation: z.string().catch(""),
  })
  .refine((data) => data.password === data.password_confirmation, {
    path: ["password_confirmation"],
    error: "The two passwords differ.",
  });

const deadLink = { lifetime: "hour", again: { href: paths.forgotPassword, text: "Ask for a new link" } } as const;
const askTitle = "Forgot your password?";
const resetTitle = "Choose a new password";

/** The pages for a forgotten password. */
export function passwordResetPart(services: AuthServices): AuthPart {
  return {
    name: "password-reset",
    mount(app) {
      app.get(paths.forgotPassword, (c) => c.render(<ForgotPage />, { title: askTitle }));
      app.post(paths.forgotPassword, (c) => ask(services, c));
      app.get(paths.resetPassword, (c) => showReset(services, c));
      app.post(paths.resetPassword, (c) => reset(services, c));
    },
  };
}

/** Looking the address up and writing the mail both come after the answer, which is therefore the same for everybody. */
async function ask(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, askSchema);
  if (!form.ok) return c.render(<ForgotPage {...form} />, { title: askTitle, status: withProblems(c) });
  const { email } = form.data;
  const verdict = await services.limits.mail("reset", email, requestFacts(c).address);
  if (!verdict.ok) {
    const { status, problems } = tooManyTries(c, verdict.retryAfterMs);
    return c.render(<ForgotPage problems={problems} old={{ email }} />, { title: askTitle, status });
  }
  services.later.run(async () => {
    const user = await services.users.findByEmail(email);
    if (!user || user.disabledAt !== null) return;
    await sendPasswordReset(services, publicUser(user));
  });
  await services.audit(c, { action: "password-reset-asked" });
  return c.render(<SentPage email={email} />, { title: "Check your email" });
}

async function showReset(services: AuthServices, c: Context): Promise<Response> {
  hideAddress(c);
  const token = c.req.query("token") ?? "";
  // Looked at and not used up: mail programs open links to scan them.
  const owner = await ownerOf(services, await services.tokens.look(token, "reset-password"));
  if (!owner) return c.render(<DeadLinkPage {...deadLink} />, { title: resetTitle, status: 400 });
  return c.render(<ResetPage token={token} minLength={services.minPasswordLength} />, { title: resetTitle });
}

async function reset(services: AuthServices, c: Context): Promise<Response> {
  hideAddress(c);
  const form = await readForm(c, resetSchema);
  const token = form.ok ? form.data.token : await postedToken(c);
  const owner = await ownerOf(services, await services.tokens.look(token, "reset-password"));
  if (!owner) return c.render(<DeadLinkPage {...deadLink} />, { title: resetTitle, status: 400 });
  const weak = form.ok ? services.rules(form.data.password, owner) : [];
  if (!form.ok || weak.length > 0) {
    const problems = form.ok ? { password: weak } : form.problems;
    const page = <ResetPage token={token} problems={problems} minLength={services.minPasswordLength} />;
    return c.render(page, { title: resetTitle, status: withProblems(c) });
  }
  // Hashed first, so that a machine too busy to do so does not use the link up.
  const { password } = form.data;
  const passwordHash = await whenNotBusy(c, () => services.passwords.hash(password));
  if (!(await services.tokens.take(token, "reset-password"))) {
    return c.render(<DeadLinkPage {...deadLink} />, { title: resetTitle, status: 400 });
  }
  await setPassword(services, c, { owner, passwordHash });
  setFlash(c, "success", "Your password is changed. Log in with the new one.");
  return redirectTo(c, paths.login);
}

interface NewPassword {
  readonly owner: UserRecord;
  readonly passwordHash: string;
}

/** Ends all sessions, since whoever stole the old password may have one, and logs nobody in. */
async function setPassword(services: AuthServices, c: Context, { owner, passwordHash }: NewPassword): Promise<void> {
  // Who opened the link reads the mail of this address.
  const emailVerifiedAt = owner.emailVerifiedAt ?? services.clock.now();
  await services.users.update(owner.id, { passwordHash, emailVerifiedAt });
  await services.tokens.deleteForUser(owner.id);
  await services.sessions.endAll(owner.id, "password-changed");
  await services.limits.unlock(owner.email);
  await services.audit(c, { action: "password-reset", userId: owner.id });
  services.later.run(() => sendPasswordChanged(services, publicUser(owner)));
}

/** The user of a token, as long as the account still has the address that the token was sent to. */
async function ownerOf(services: AuthServices, token: { userId: string; email: string } | null) {
  const user = token ? await services.users.findById(token.userId) : null;
  return user && user.email === token?.email && user.disabledAt === null ? user : null;
}

async function postedToken(c: Context): Promise<string> {
  const form = await readForm(c, z.object({ token: z.string().max(100).catch("") }));
  return form.ok ? form.data.token : "";
}

/** The address of this page holds a token, which no other site may learn from Referer. */
function hideAddress(c: Context): void {
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cache-Control", "no-store");
}

function ForgotPage({ problems, old }: FormState) {
  const focus = focusOn(["email"], problems);
  return (
    <AuthCard title={askTitle} links={[{ href: paths.login, text: "Back to the log-in page" }]}>
      <p>Enter your address, and we will send you a link with which you can choose a new password.</p>
      <Form action={paths.forgotPassword} id="forgot" {...(problems ? { problems } : {})} {...(old ? { old } : {})}>
        <EmailField focus={focus} />
        <SubmitButton>Send the link</SubmitButton>
      </Form>
    </AuthCard>
  );
}

function SentPage({ email }: { readonly email: string }) {
  return (
    <AuthCard title="Check your email" links={[{ href: paths.login, text: "Back to the log-in page" }]}>
      <p class="notice" role="status">
        If <strong>{email}</strong> has an account, a message with a link is on its way. The link works for one hour.
      </p>
    </AuthCard>
  );
}

interface ResetPageProps extends FormState {
  readonly token: string;
  readonly minLength: number;
}

function ResetPage({ token, problems, minLength }: ResetPageProps) {
  const focus = focusOn(["password", "password_confirmation"], problems);
  return (
    <AuthCard title={resetTitle}>
      <Form action={paths.resetPassword} id="reset" {...(problems ? { problems } : {})}>
        <input type="hidden" name="token" value={token} />
        <NewPasswordFields minLength={minLength} focus={focus} />
        <SubmitButton>Change password</SubmitButton>
      </Form>
    </AuthCard>
  );
}
