import type { Context } from "hono";
import { z } from "zod";
import { readForm } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireGuest } from "../guards.ts";
import { type LoginResult, logInByPassword } from "../login.ts";
import { leadingTo, nextPath, paths } from "../paths.ts";
import { AuthCard, AuthField, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { CurrentPasswordField, checkboxField, EmailField, emailField, passwordField } from "./fields.tsx";

const title = "Log in";
const description = "Log in with your email address and password.";
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
        const next = nextPath(c.req.query("next"), "/", c);
        return c.render(<LoginPage next={next} />, { title, description });
      });
      app.post(paths.login, (c) => logIn(services, c));
      app.post(paths.logout, (c) => logOut(services, c));
    },
  };
}

async function logIn(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, schema);
  if (!form.ok) {
    const next = nextPath(form.old.next, "/", c);
    return c.render(<LoginPage next={next} state={form} />, { title, status: withProblems(c) });
  }
  const { email, password, remember } = form.data;
  const result = await logInByPassword(services, c, { email, password, isRemembered: remember });
  if (result.ok) return redirectTo(c, nextPath(form.data.next, services.afterLogin, c));
  const next = nextPath(form.data.next, "/", c);
  if (result.reason === "second-step") return redirectTo(c, leadingTo(paths.secondStep, next));
  const old = { email, ...(remember ? { remember: "on" } : {}) };
  const { status, problems } = explain(c, result);
  return c.render(<LoginPage next={next} state={{ old, problems }} />, { title, status });
}

function explain(c: Context, result: Exclude<LoginResult, { ok: true } | { reason: "second-step" }>) {
  if (result.reason === "limited") return tooManyAttempts(c, result.retryAfterMs);
  const text = result.reason === "refused" ? result.message : "Incorrect email or password.";
  return { status: withProblems(c), problems: { _form: [text] } };
}

async function logOut(services: AuthServices, c: Context): Promise<Response> {
  const user = c.get("user");
  if (user) await services.audit(c, { action: "logout", userId: user.id });
  await c.var.auth.logOut(c);
  // Clears cached pages that only this user may see (ASVS 14.3.1).
  c.header("Clear-Site-Data", '"cache"');
  return redirectTo(c, services.afterLogout);
}

function LoginPage({ next, state }: { readonly next: string; readonly state?: FormState }) {
  const links = [
    { href: paths.forgotPassword, text: "Forgot your password?" },
    { href: leadingTo(paths.register, next), text: "Create an account" },
  ];
  const hidden = { next: next === "/" ? undefined : next };
  return (
    <AuthCard title={title} links={links}>
      <AuthForm
        action={paths.login}
        id="login"
        focus={["email", "password"]}
        hidden={hidden}
        state={state}
        submit="Log in"
      >
        <EmailField />
        <CurrentPasswordField />
        <AuthField name="remember" label="Keep me logged in on this device" type="checkbox" />
      </AuthForm>
    </AuthCard>
  );
}
