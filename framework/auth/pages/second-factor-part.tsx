import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireRecentLogin, RequireVerifiedEmail } from "../guards.ts";
import { keepOnly } from "../login.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { totpUrl } from "../second-factor/totp.ts";
import { type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendSecondFactorChanged } from "./auth-mails.tsx";
import { codeField, wrongCode } from "./fields.tsx";
import { forMember, type MemberRequest } from "./member-request.ts";
import { RecoveryCodesPage, SecondFactorIsOnPage, SetUpPage } from "./second-factor-pages.tsx";

const title = "Two-step login";
const setUpSchema = z.object({ setup: z.string().max(500).catch(""), code: codeField });
const codeSchema = z.object({ code: codeField });

/** The pages where people turn two-step login on and off. All of them require a recent login. */
export function secondFactorPart(services: AuthServices): AuthPart {
  const on = (handle: (request: MemberRequest) => Promise<Response>) =>
    forMember(services, (request) => {
      // These pages contain secrets and codes.
      request.c.header("Cache-Control", "no-store");
      return handle(request);
    });
  return {
    name: "second-factor",
    mount(app) {
      // Someone who registers with another person's address must not be able to lock its owner out.
      app.use(paths.secondFactor, RequireVerifiedEmail);
      app.get(
        paths.secondFactor,
        RequireRecentLogin,
        on((request) => show(request)),
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

async function show(request: MemberRequest, problem?: Problem): Promise<Response> {
  const { services, c, user } = request;
  if (!(await services.secondFactors.isOn(user.id))) return showSetUp(request);
  const left = await services.secondFactors.countRecoveryCodes(user.id);
  const status = problem ? (problem.status ?? withProblems(c)) : 200;
  return c.render(<SecondFactorIsOnPage codesLeft={left} {...(problem ? { problem } : {})} />, { title, status });
}

/** Shows a new secret or, after a wrong code, the same one again. */
async function showSetUp(
  { services, c, user }: MemberRequest,
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

async function turnOn(request: MemberRequest): Promise<Response> {
  const { services, c, user, session } = request;
  if (await services.secondFactors.isOn(user.id)) return redirectTo(c, paths.secondFactor);
  const form = await readForm(c, setUpSchema);
  if (!form.ok) return showSetUp(request, { setup: form.old.setup ?? "", problems: form.problems });
  const { setup, code } = form.data;
  const codes = await services.secondFactors.turnOn(user.id, setup, code);
  if (!codes)
    return showSetUp(request, {
      setup,
      problems: { code: ["That code isn't valid. Check that your phone's clock is right."] },
    });
  // The other sessions started without the second step.
  await keepOnly(services, c, { session, reason: "revoked" });
  await services.audit(c, { action: "second-factor-on", userId: user.id });
  services.later.run(() => sendSecondFactorChanged(services, user, true));
  return c.render(<RecoveryCodesPage codes={codes} isNew />, { title });
}

/** Makes sure the visitor has the app or a recovery code, and not just an open session and the password. */
async function checkCode({ services, c, user }: MemberRequest): Promise<Omit<Problem, "form"> | null> {
  const form = await readForm(c, codeSchema);
  if (!form.ok) return { problems: form.problems };
  const attempt = await services.limits.code(user.id, requestFacts(c).address);
  if (!attempt.ok) return tooManyAttempts(c, attempt.retryAfterMs);
  const kind = await services.secondFactors.check(user.id, form.data.code);
  if (kind !== null) {
    await attempt.succeeded();
    return null;
  }
  await services.audit(c, { action: "second-factor-failed", userId: user.id });
  return { problems: { code: [wrongCode] } };
}

async function renewCodes(request: MemberRequest): Promise<Response> {
  const { services, c, user } = request;
  const problem = await checkCode(request);
  if (problem) return show(request, { ...problem, form: "codes" });
  const codes = await services.secondFactors.renewRecoveryCodes(user.id);
  await services.audit(c, { action: "recovery-codes-renewed", userId: user.id });
  return c.render(<RecoveryCodesPage codes={codes} />, { title });
}

async function turnOff(request: MemberRequest): Promise<Response> {
  const { services, c, user } = request;
  const problem = await checkCode(request);
  if (problem) return show(request, { ...problem, form: "off" });
  await services.secondFactors.turnOff(user.id);
  await services.audit(c, { action: "second-factor-off", userId: user.id });
  services.later.run(() => sendSecondFactorChanged(services, user, false));
  setFlash(c, "success", "Two-step login is off.");
  return redirectTo(c, paths.account);
}
