import type { Context } from "hono";
import { z } from "zod";
import { readForm } from "../../forms/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireGuest } from "../guards.ts";
import { whenNotBusy } from "../passwords/passwords.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { newUser } from "../users/user.ts";
import { AuthCard, AuthField, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendRegistrationNotice, sendVerification } from "./auth-mails.tsx";
import { EmailField, emailField, NameField, nameField, passwordField } from "./fields.tsx";
import { CheckEmailPage, checkEmailTitle } from "./mailed-link.tsx";

const schema = z.object({ name: nameField, email: emailField, password: passwordField });
const title = "Create an account";
const description = "Create an account with your name, your email address and a password.";

/** The page where people create an account. */
export function registerPart(services: AuthServices): AuthPart {
  const page = (state: FormState) => <RegisterPage state={state} minLength={services.rules.minLength} />;
  return {
    name: "register",
    mount(app) {
      app.get(paths.register, RequireGuest, (c) => c.render(page({}), { title, description }));
      app.post(paths.register, async (c) => {
        const form = await readForm(c, schema);
        if (!form.ok) return c.render(page(form), { title, status: withProblems(c) });
        const { name, email, password } = form.data;
        const old = { name, email };
        const weak = services.rules.check(password, { email });
        if (weak.length > 0)
          return c.render(page({ old, problems: { password: weak } }), { title, status: withProblems(c) });
        const verdict = await services.limits.mail("register", email, requestFacts(c).address);
        if (!verdict.ok) {
          const { status, problems } = tooManyAttempts(c, verdict.retryAfterMs);
          return c.render(page({ old, problems }), { title, status });
        }
        const { userId, isTaken } = await register(services, c, form.data);
        if (isTaken && services.tellsTaken) {
          const problems = { email: ["This email address already has an account."] };
          return c.render(page({ old, problems }), { title, status: withProblems(c) });
        }
        services.registration.write(c, userId);
        return c.render(<CheckMailPage email={email} />, { title: checkEmailTitle });
      });
    },
  };
}

interface Registration {
  readonly userId: string;
  readonly isTaken: boolean;
}

/**
 * Creates the account, unless the address already has one. Either way one password is hashed, one audit entry is written and one mail
 * is sent after the response, so that neither the response nor its timing gives it away. If the address is taken, the id is unused.
 */
async function register(services: AuthServices, c: Context, data: z.output<typeof schema>): Promise<Registration> {
  const { name, email, password } = data;
  const passwordHash = await whenNotBusy(c, () => services.passwords.hash(password));
  const user = newUser({ name, email, passwordHash, createdAt: services.clock.now() });
  const written = await services.users.insert(user);
  if (written.ok) {
    await services.audit(c, { action: "registered", userId: user.id });
    services.later.run(() => sendVerification(services, user));
    return { userId: user.id, isTaken: false };
  }
  await services.audit(c, { action: "register-refused", details: { reason: "taken" } });
  if (!services.tellsTaken) services.later.run(() => sendRegistrationNotice(services, user.email));
  return { userId: user.id, isTaken: true };
}

function RegisterPage({ state, minLength }: { readonly state: FormState; readonly minLength: number }) {
  return (
    <AuthCard title={title} links={[{ href: paths.login, text: "Log in instead" }]}>
      <AuthForm
        action={paths.register}
        id="register"
        focus={["name", "email", "password"]}
        state={state}
        submit="Create account"
      >
        <NameField />
        <EmailField />
        <AuthField
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          hint={`At least ${minLength} characters. A few unrelated words make a good password.`}
          required
        />
      </AuthForm>
    </AuthCard>
  );
}

function CheckMailPage({ email }: { readonly email: string }) {
  const links = [
    { href: paths.verifyEmail, text: "Send it again" },
    { href: paths.login, text: "Log in" },
  ];
  return (
    <CheckEmailPage links={links}>
      We sent an email to <strong>{email}</strong>. Open the link in it to confirm your address.
    </CheckEmailPage>
  );
}
