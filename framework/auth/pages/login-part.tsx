import type { Context } from "hono";
import { z } from "zod";
import { Field, Form, readForm } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireGuest } from "../guards.ts";
import { type LoginResult, logInByPassword } from "../log-in.ts";
import { leadingTo, nextPath, paths } from "../paths.ts";
import { CurrentPasswordField, EmailField } from "./account-fields.tsx";
import { AuthCard } from "./auth-card.tsx";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { checkboxField, emailField, passwordField } from "./form-schemas.ts";
import { SubmitButton } from "./submit-button.tsx";

const schema = z.object({
  email: emailField,
  password: passwordField,
  remember: checkboxField,
  next: z.string().optional(),
});

/** The pages to log in and out. */
export function loginPart(services: AuthServices): AuthPart {
  return {
    name: "login",
    mount(app) {
      app.get(paths.login, RequireGuest, (c) => {
        const next = nextPath(c.req.query("next"), "/");
        return c.render(<LoginPage next={next} />, { title: "Log in" });
      });
      app.post(paths.login, (c) => logIn(services, c));
      app.post(paths.logout, (c) => logOut(services, c));
    },
  };
}

async function logIn(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, schema);
  if (!form.ok) {
    const next = nextPath(form.old.next, "/");
    return c.render(<LoginPage {...form} next={next} />, { title: "Log in", status: withProblems(c) });
  }
  const { email, password, remember } = form.data;
  const result = await logInByPassword(services, c, { email, password, isRemembered: remember });
  if (result.ok) return redirectTo(c, nextPath(form.data.next, services.afterLogin));
  const next = nextPath(form.data.next, "/");
  if (result.reason === "second-step") return redirectTo(c, leadingTo(paths.secondStep, next));
  const old = { email, ...(remember ? { remember: "on" } : {}) };
  const { status, problems } = answerTo(c, result);
  return c.render(<LoginPage next={next} old={old} problems={problems} />, { title: "Log in", status });
}

function answerTo(c: Context, result: Exclude<LoginResult, { ok: true } | { reason: "second-step" }>) {
  if (result.reason === "limited") return tooManyTries(c, result.retryAfterMs);
  const text = result.reason === "refused" ? result.message : "The email address or the password is wrong.";
  return { status: withProblems(c), problems: { _form: [text] } };
}

async function logOut(services: AuthServices, c: Context): Promise<Response> {
  const user = c.get("user");
  if (user) await services.audit(c, { action: "logout", userId: user.id });
  await c.var.auth.logOut(c);
  // What the browser keeps of pages that only this user may see (ASVS 14.3.1).
  c.header("Clear-Site-Data", '"cache"');
  return redirectTo(c, services.afterLogout);
}

function LoginPage({ next, problems, old }: FormState & { readonly next: string }) {
  const focus = focusOn(["email", "password"], problems);
  const links = [
    { href: paths.forgotPassword, text: "Forgot your password?" },
    { href: leadingTo(paths.register, next), text: "Create an account" },
  ];
  return (
    <AuthCard title="Log in" links={links}>
      <Form action={paths.login} id="login" {...(problems ? { problems } : {})} {...(old ? { old } : {})}>
        <EmailField focus={focus} />
        <CurrentPasswordField focus={focus} />
        <Field name="remember" label="Keep me logged in on this device" type="checkbox" />
        {next === "/" ? null : <input type="hidden" name="next" value={next} />}
        <SubmitButton>Log in</SubmitButton>
      </Form>
    </AuthCard>
  );
}
