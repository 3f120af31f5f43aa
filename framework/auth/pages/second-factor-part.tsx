import type { Context } from "hono";
import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import { type AuthServices, requestFacts } from "../auth-services.ts";
import { RequireRecentLogin, RequireVerifiedEmail } from "../guards.ts";
import { keepOnly } from "../log-in.ts";
import { paths } from "../paths.ts";
import { totpUrl } from "../second-factor/totp.ts";
import type { Session } from "../sessions/session.ts";
import type { User } from "../users/user.ts";
import { sendSecondFactorChanged } from "./auth-mails.tsx";
import { type FormState, tooManyTries, withProblems } from "./form-answer.ts";
import { codeField } from "./form-schemas.ts";
import { RecoveryCodesPage, SecondFactorIsOnPage, SetUpPage } from "./second-factor-pages.tsx";

const title = "Two-step log-in";
const setUpSchema = z.object({ setup: z.string().max(500).catch(""), code: codeField });
const codeSchema = z.object({ code: codeField });

interface Visit {
  readonly services: AuthServices;
  readonly c: Context;
  readonly user: User;
  readonly session: Session;
}

/** The pages on which people turn the second step of their log-in on and off. All of them want a recent password. */
export function secondFactorPart(services: AuthServices): AuthPart {
  const on = (answer: (visit: Visit) => Promise<Response>) => (c: Context) => {
    const { user, session } = c.var;
    // Secrets and codes stand on these pages.
    c.header("Cache-Control", "no-store");
    return user && session ? answer({ services, c, user, session }) : redirectTo(c, paths.login);
  };
  return {
    name: "second-factor",
    mount(app) {
      // Whoever registers with another's address must not lock its owner out.
      app.use(paths.secondFactor, RequireVerifiedEmail);
      app.get(
        paths.secondFactor,
        RequireRecentLogin,
        on((visit) => show(visit)),
      );
      app.post(paths.secondFactor, RequireRecentLogin, on(turnOn));
      app.post(`${paths.secondFactor}/codes`, RequireRecentLogin, on(renewCodes));
      app.post(`${paths.secondFactor}/off`, RequireRecentLogin, on(turnOff));
    },
  };
}

interface Problem extends FormState {
  readonly form: "codes" | "off";
  readonly status?: 422 | 429;
}

async function show(visit: Visit, problem?: Problem): Promise<Response> {
  const { services, c, user } = visit;
  if (!(await services.secondFactors.isOn(user.id))) return showSetUp(visit);
  const left = await services.secondFactors.countRecoveryCodes(user.id);
  const status = problem ? (problem.status ?? withProblems(c)) : 200;
  return c.render(<SecondFactorIsOnPage codesLeft={left} {...(problem ? { problem } : {})} />, { title, status });
}

/** Shows a new secret, or the one at which a wrong code was typed. */
async function showSetUp(
  { services, c, user }: Visit,
  again?: FormState & { readonly setup: string },
): Promise<Response> {
  const { secondFactors, mail } = services;
  const known = again && secondFactors.openSetup(user.id, again.setup);
  const { secret, setup } = known ?? secondFactors.propose(user.id);
  const url = totpUrl({ secret, email: user.email, appName: mail.appName });
  const page = (
    <SetUpPage secret={secret} setup={setup} url={url} {...(again ? { problems: again.problems ?? {} } : {})} />
  );
  return c.render(page, { title, status: again ? withProblems(c) : 200 });
}

async function turnOn(visit: Visit): Promise<Response> {
  const { services, c, user, session } = visit;
  if (await services.secondFactors.isOn(user.id)) return redirectTo(c, paths.secondFactor);
  const form = await readForm(c, setUpSchema);
  if (!form.ok) return showSetUp(visit, { setup: form.old.setup ?? "", problems: form.problems });
  const { setup, code } = form.data;
  const codes = await services.secondFactors.turnOn(user.id, setup, code);
  if (!codes)
    return showSetUp(visit, { setup, problems: { code: ["This code does not fit. Is the phone's clock right?"] } });
  // Whoever logged in elsewhere did so without the second step.
  await keepOnly(services, c, { session, reason: "revoked" });
  await services.audit(c, { action: "second-factor-on", userId: user.id });
  services.later.run(() => sendSecondFactorChanged(services, user, true));
  return c.render(<RecoveryCodesPage codes={codes} isNew />, { title });
}

/** Whether the visitor has the app or a recovery code at hand, and not only an open session and the password. */
async function checkCode({ services, c, user }: Visit): Promise<Omit<Problem, "form"> | null> {
  const form = await readForm(c, codeSchema);
  if (!form.ok) return { problems: form.problems };
  const attempt = await services.limits.code(user.id, requestFacts(c).address);
  if (!attempt.ok) return tooManyTries(c, attempt.retryAfterMs);
  const kind = await services.secondFactors.check(user.id, form.data.code);
  if (kind !== null) {
    await attempt.succeeded();
    return null;
  }
  await services.audit(c, { action: "second-factor-failed", userId: user.id });
  return { problems: { code: ["This code is not right, or was used already."] } };
}

async function renewCodes(visit: Visit): Promise<Response> {
  const { services, c, user } = visit;
  const problem = await checkCode(visit);
  if (problem) return show(visit, { ...problem, form: "codes" });
  const codes = await services.secondFactors.renewRecoveryCodes(user.id);
  await services.audit(c, { action: "recovery-codes-renewed", userId: user.id });
  return c.render(<RecoveryCodesPage codes={codes} />, { title });
}

async function turnOff(visit: Visit): Promise<Response> {
  const { services, c, user } = visit;
  const problem = await checkCode(visit);
  if (problem) return show(visit, { ...problem, form: "off" });
  await services.secondFactors.turnOff(user.id);
  await services.audit(c, { action: "second-factor-off", userId: user.id });
  services.later.run(() => sendSecondFactorChanged(services, user, false));
  setFlash(c, "success", "Logging in takes your password alone again.");
  return redirectTo(c, paths.account);
}
