import type { Context } from "hono";
import { z } from "zod";
import { type Problems, readForm } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { RequireGuest } from "../guards.ts";
import { startSession } from "../login.ts";
import { leadingTo, nextPath, paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { publicUser, type UserRecord } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { CodeField, codeField, wrongCode } from "./fields.tsx";

const schema = z.object({ code: codeField, next: z.string().optional() });
const title = "Enter your code";

/** The second step of a login: the page that asks for a code after the password. */
export function secondStepPart(services: AuthServices): AuthPart {
  return {
    name: "second-step",
    mount(app) {
      app.get(paths.secondStep, RequireGuest, async (c) => {
        const next = nextPath(c.req.query("next"), "/", c);
        if (!(await readPendingLogin(services, c))) return redirectTo(c, leadingTo(paths.login, next));
        return c.render(<SecondStepPage next={next} />, { title });
      });
      app.post(paths.secondStep, (c) => finish(services, c));
    },
  };
}

interface Pending {
  readonly user: UserRecord;
  readonly isRemembered: boolean;
}

/** Checked every time: the account may have been disabled, or its password changed, since the first step. */
async function readPendingLogin(services: AuthServices, c: Context): Promise<Pending | null> {
  const facts = services.pending.read(c);
  const user = facts && (await services.users.findById(facts.userId));
  if (!user || user.disabledAt !== null || !services.pending.isOf(facts, user)) return null;
  return { user, isRemembered: facts.isRemembered };
}

async function finish(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, schema);
  const next = nextPath(form.ok ? form.data.next : form.old.next, "/", c);
  const found = await readPendingLogin(services, c);
  if (!found) return redirectTo(c, leadingTo(paths.login, next));
  if (!form.ok) return showAgain(c, next, form.problems);
  const { user, isRemembered } = found;
  const attempt = await services.limits.code(user.id, requestFacts(c).address);
  if (!attempt.ok) {
    // The attempts that follow are too many to store, and say nothing new.
    if (attempt.isFirst) await services.audit(c, { action: "second-factor-limited", userId: user.id });
    const { status, problems } = tooManyAttempts(c, attempt.retryAfterMs);
    return c.render(<SecondStepPage next={next} state={{ problems }} />, { title, status });
  }
  const kind = await services.secondFactors.check(user.id, form.data.code);
  if (kind === null) {
    await services.audit(c, { action: "second-factor-failed", userId: user.id });
    return showAgain(c, next, { code: [wrongCode] });
  }
  await attempt.succeeded();
  if (kind === "recovery") await services.audit(c, { action: "recovery-code-used", userId: user.id });
  const isStillRight = async (now: UserRecord) => now.passwordHash === user.passwordHash;
  const session = await startSession(services, c, { user: publicUser(user), isRemembered, isStillRight });
  if (!session) return redirectTo(c, leadingTo(paths.login, next));
  return redirectTo(c, next === "/" ? services.afterLogin : next);
}

function showAgain(c: Context, next: string, problems: Problems): Response | Promise<Response> {
  return c.render(<SecondStepPage next={next} state={{ problems }} />, { title, status: withProblems(c) });
}

function SecondStepPage({ next, state }: { readonly next: string; readonly state?: FormState }) {
  return (
    <AuthCard title={title} links={[{ href: paths.login, text: "Start over" }]}>
      <p>Enter the code from your authenticator app, or one of your recovery codes.</p>
      <AuthForm
        action={paths.secondStep}
        id="second-step"
        focus={["code"]}
        hidden={{ next: next === "/" ? undefined : next }}
        state={state}
        submit="Log in"
      >
        <CodeField autocapitalize="characters" />
      </AuthForm>
    </AuthCard>
  );
}
