import { z } from "zod";
import { readForm } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireLogin } from "../guards.ts";
import { checkOwnPassword } from "../login.ts";
import { nextPath, paths } from "../paths.ts";
import { AuthCard, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { CurrentPasswordField, HiddenUsername, passwordField, wrongPassword } from "./fields.tsx";
import { forMember, type MemberRequest } from "./member-request.ts";

const schema = z.object({ password: passwordField, next: z.string().optional() });
const title = "Confirm it's you";

/** The page that asks for the password again before sensitive changes. */
export function confirmPasswordPart(services: AuthServices): AuthPart {
  return {
    name: "confirm-password",
    mount(app) {
      app.get(paths.confirmPassword, RequireLogin, (c) => {
        const next = nextPath(c.req.query("next"), paths.account, c);
        return c.render(<ConfirmPage next={next} email={c.var.user?.email ?? ""} />, { title });
      });
      app.post(paths.confirmPassword, RequireLogin, forMember(services, confirm));
    },
  };
}

async function confirm({ services, c, user, session }: MemberRequest): Promise<Response> {
  const form = await readForm(c, schema);
  const next = nextPath(form.ok ? form.data.next : form.old.next, paths.account, c);
  const page = (state: FormState) => <ConfirmPage next={next} email={user.email} state={state} />;
  if (!form.ok) return c.render(page(form), { title, status: withProblems(c) });
  const result = await checkOwnPassword(services, c, { user, password: form.data.password });
  if (!result.ok) {
    const { status, problems } =
      result.reason === "limited"
        ? tooManyAttempts(c, result.retryAfterMs)
        : { status: withProblems(c), problems: { password: [wrongPassword] } };
    return c.render(page({ problems }), { title, status });
  }
  const rotated = await services.sessions.rotate(session, { sudo: true });
  if (!rotated) return redirectTo(c, paths.login);
  services.cookie.write(c, rotated);
  await services.audit(c, { action: "password-confirmed", userId: user.id });
  return redirectTo(c, next);
}

interface ConfirmPageProps {
  readonly next: string;
  readonly email: string;
  readonly state?: FormState;
}

function ConfirmPage({ next, email, state }: ConfirmPageProps) {
  return (
    <AuthCard title={title} links={[{ href: paths.account, text: "Back to your account" }]}>
      <p>Enter your password again to continue.</p>
      <AuthForm
        action={paths.confirmPassword}
        id="confirm"
        focus={["password"]}
        hidden={{ next }}
        state={state}
        submit="Continue"
      >
        <HiddenUsername email={email} />
        <CurrentPasswordField />
      </AuthForm>
    </AuthCard>
  );
}
