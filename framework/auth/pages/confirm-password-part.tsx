import type { Context } from "hono";
import { z } from "zod";
import { Form, readForm } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireLogin } from "../guards.ts";
import { checkOwnPassword } from "../log-in.ts";
import { nextPath, paths } from "../paths.ts";
import { CurrentPasswordField } from "./account-fields.tsx";
import { AuthCard } from "./auth-card.tsx";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { passwordField } from "./form-schemas.ts";
import { SubmitButton } from "./submit-button.tsx";

const schema = z.object({ password: passwordField, next: z.string().optional() });
const title = "Confirm that it is you";

/** The page that asks for the password again before sensitive changes. */
export function confirmPasswordPart(services: AuthServices): AuthPart {
  return {
    name: "confirm-password",
    mount(app) {
      app.get(paths.confirmPassword, RequireLogin, (c) => {
        const next = nextPath(c.req.query("next"), paths.account);
        return c.render(<ConfirmPage next={next} email={c.var.user?.email ?? ""} />, { title });
      });
      app.post(paths.confirmPassword, RequireLogin, (c) => confirm(services, c));
    },
  };
}

async function confirm(services: AuthServices, c: Context): Promise<Response> {
  const { user, session } = c.var;
  if (!user || !session) return redirectTo(c, paths.login);
  const form = await readForm(c, schema);
  const next = nextPath(form.ok ? form.data.next : form.old.next, paths.account);
  const page = (state: FormState) => <ConfirmPage {...state} next={next} email={user.email} />;
  if (!form.ok) return c.render(page(form), { title, status: withProblems(c) });
  const result = await checkOwnPassword(services, c, { user, password: form.data.password });
  if (!result.ok) {
    const { status, problems } =
      result.reason === "limited"
        ? tooManyTries(c, result.retryAfterMs)
        : { status: withProblems(c), problems: { password: ["The password is wrong."] } };
    return c.render(page({ problems }), { title, status });
  }
  const rotated = await services.sessions.rotate(session, { sudo: true });
  if (!rotated) return redirectTo(c, paths.login);
  services.cookie.write(c, rotated);
  await services.audit(c, { action: "password-confirmed", userId: user.id });
  return redirectTo(c, next);
}

function ConfirmPage({ next, email, problems }: FormState & { readonly next: string; readonly email: string }) {
  const focus = focusOn(["password"], problems);
  return (
    <AuthCard title={title} links={[{ href: paths.account, text: "Back to your account" }]}>
      <p>What comes next is sensitive, so please enter your password again.</p>
      <Form action={paths.confirmPassword} id="confirm" {...(problems ? { problems } : {})}>
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <input type="hidden" name="next" value={next} />
        <CurrentPasswordField focus={focus} />
        <SubmitButton>Continue</SubmitButton>
      </Form>
    </AuthCard>
  );
}
