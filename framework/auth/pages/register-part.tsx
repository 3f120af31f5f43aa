import type { Context } from "hono";
import { z } from "zod";
import { createId } from "../../base/index.ts";
import { Field, Form, readForm } from "../../forms/index.ts";
import type { AuthPart } from "../auth.ts";
import { type AuthServices, requestFacts, whenNotBusy } from "../auth-services.ts";
import { RequireGuest } from "../guards.ts";
import { paths } from "../paths.ts";
import type { UserRecord } from "../users/user.ts";
import { EmailField } from "./account-fields.tsx";
import { AuthCard } from "./auth-card.tsx";
import { sendRegistrationNotice, sendVerification } from "./auth-mails.tsx";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { emailField, nameField, passwordField } from "./form-schemas.ts";
import { SubmitButton } from "./submit-button.tsx";

const schema = z.object({ name: nameField, email: emailField, password: passwordField });
const title = "Create an account";

/** The page on which people make themselves an account. */
export function registerPart(services: AuthServices): AuthPart {
  const page = (state: FormState) => <RegisterPage {...state} minLength={services.minPasswordLength} />;
  return {
    name: "register",
    mount(app) {
      app.get(paths.register, RequireGuest, (c) => c.render(page({}), { title }));
      app.post(paths.register, async (c) => {
        const form = await readForm(c, schema);
        if (!form.ok) return c.render(page(form), { title, status: withProblems(c) });
        const { name, email, password } = form.data;
        const old = { name, email };
        const weak = services.rules(password, { email });
        if (weak.length > 0)
          return c.render(page({ old, problems: { password: weak } }), { title, status: withProblems(c) });
        const verdict = await services.limits.mail("register", email, requestFacts(c).address);
        if (!verdict.ok) {
          const { status, problems } = tooManyTries(c, verdict.retryAfterMs);
          return c.render(page({ old, problems }), { title, status });
        }
        const { userId, isTaken } = await register(services, c, form.data);
        if (isTaken && services.tellsTaken) {
          const problems = { email: ["This address already has an account."] };
          return c.render(page({ old, problems }), { title, status: withProblems(c) });
        }
        services.registration.write(c, userId);
        return c.render(<CheckMailPage email={email} />, { title: "Check your email" });
      });
    },
  };
}

interface Registration {
  readonly userId: string;
  readonly isTaken: boolean;
}

/**
 * Makes the account, or not when the address has one. Either way one password is hashed, one entry is kept and one mail goes
 * out after the answer, so that neither the answer nor its time tells which. The id of a taken address belongs to nobody.
 */
async function register(services: AuthServices, c: Context, data: z.output<typeof schema>): Promise<Registration> {
  const user: UserRecord = {
    id: createId(),
    email: data.email,
    name: data.name,
    role: "member",
    passwordHash: await whenNotBusy(c, () => services.passwords.hash(data.password)),
    emailVerifiedAt: null,
    avatarUrl: null,
    disabledAt: null,
    createdAt: services.clock.now(),
    lastLoginAt: null,
  };
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

function RegisterPage({ problems, old, minLength }: FormState & { readonly minLength: number }) {
  const focus = focusOn(["name", "email", "password"], problems);
  return (
    <AuthCard title={title} links={[{ href: paths.login, text: "Log in instead" }]}>
      <Form action={paths.register} id="register" {...(problems ? { problems } : {})} {...(old ? { old } : {})}>
        <Field name="name" label="Name" autocomplete="name" maxlength={100} required {...focus("name")} />
        <EmailField focus={focus} />
        <Field
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          hint={`At least ${minLength} characters. A few words that only you would put together are a good choice.`}
          required
          {...focus("password")}
        />
        <SubmitButton>Create account</SubmitButton>
      </Form>
    </AuthCard>
  );
}

function CheckMailPage({ email }: { readonly email: string }) {
  const links = [
    { href: paths.verifyEmail, text: "Send the message again" },
    { href: paths.login, text: "Log in" },
  ];
  return (
    <AuthCard title="Check your email" links={links}>
      <p class="notice" role="status">
        We have sent a message to <strong>{email}</strong>. Follow the link in it to confirm your address.
      </p>
    </AuthCard>
  );
}
