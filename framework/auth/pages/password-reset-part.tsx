import type { Context } from "hono";
import { z } from "zod";
import { readForm } from "../../forms/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { publicUser } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendPasswordReset } from "./auth-mails.tsx";
import { mountPasswordLink } from "./choose-password.tsx";
import { EmailField, emailField } from "./fields.tsx";
import { CheckEmailPage, checkEmailTitle } from "./mailed-link.tsx";

const askSchema = z.object({ email: emailField });
const backToLogin = [{ href: paths.login, text: "Back to login" }];
const askTitle = "Forgot your password?";
const description = "Forgot your password? Get a link by email to choose a new one.";

/** The pages for a forgotten password. */
export function passwordResetPart(services: AuthServices): AuthPart {
  return {
    name: "password-reset",
    mount(app) {
      app.get(paths.forgotPassword, (c) => c.render(<ForgotPage />, { title: askTitle, description }));
      app.post(paths.forgotPassword, (c) => ask(services, c));
      mountPasswordLink(app, services, {
        path: paths.resetPassword,
        purpose: "reset-password",
        lifetime: "hour",
        again: { href: paths.forgotPassword, text: "Get a new link" },
        done: "Your password was changed. Log in with the new one.",
      });
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
