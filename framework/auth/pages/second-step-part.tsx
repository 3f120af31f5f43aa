import type { Context } from "hono";
import { z } from "zod";
import { Field, Form, readForm } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import { type AuthServices, requestFacts } from "../auth-services.ts";
import { RequireGuest } from "../guards.ts";
import { startSession } from "../log-in.ts";
import { leadingTo, nextPath, paths } from "../paths.ts";
import { publicUser, type UserRecord } from "../users/user.ts";
import { AuthCard } from "./auth-card.tsx";
import { type FormState, focusOn, tooManyTries, withProblems } from "./form-answer.ts";
import { codeField } from "./form-schemas.ts";
import { SubmitButton } from "./submit-button.tsx";

const schema = z.object({ code: codeField, next: z.string().optional() });
const title = "Enter your code";

/** The second step of a log-in: the page that asks for a code after the password. */
export function secondStepPart(services: AuthServices): AuthPart {
  return {
    name: "second-step",
    mount(app) {
      app.get(paths.secondStep, RequireGuest, async (c) => {
        const next = nextPath(c.req.query("next"), "/");
        if (!(await whoHasComeSoFar(services, c))) return redirectTo(c, leadingTo(paths.login, next));
        return c.render(<SecondStepPage next={next} />, { title });
      });
      app.post(paths.secondStep, (c) => finish(services, c));
    },
  };
}

interface ComeSoFar {
  readonly user: UserRecord;
  readonly isRemembered: boolean;
}

/** Asked anew each time: the account may have been disabled, or its password changed, in between. */
async function whoHasComeSoFar(services: AuthServices, c: Context): Promise<ComeSoFar | null> {
  const facts = services.pending.read(c);
  const user = facts && (await services.users.findById(facts.userId));
  if (!user || user.disabledAt !== null || !services.pending.isOf(facts, user)) return null;
  return { user, isRemembered: facts.isRemembered };
}

async function finish(services: AuthServices, c: Context): Promise<Response> {
  const form = await readForm(c, schema);
  const next = nextPath(form.ok ? form.data.next : form.old.next, "/");
  const found = await whoHasComeSoFar(services, c);
  if (!found) return redirectTo(c, leadingTo(paths.login, next));
  if (!form.ok) return again(c, { problems: form.problems, next });
  const { user, isRemembered } = found;
  const attempt = await services.limits.code(user.id, requestFacts(c).address);
  if (!attempt.ok) {
    await services.audit(c, { action: "second-factor-limited", userId: user.id });
    const { status, problems } = tooManyTries(c, attempt.retryAfterMs);
    return c.render(<SecondStepPage next={next} problems={problems} />, { title, status });
  }
  const kind = await services.secondFactors.check(user.id, form.data.code);
  if (kind === null) {
    await services.audit(c, { action: "second-factor-failed", userId: user.id });
    return again(c, { problems: { code: ["This code is not right, or was used already."] }, next });
  }
  await attempt.succeeded();
  if (kind === "recovery") await services.audit(c, { action: "recovery-code-used", userId: user.id });
  const isStillRight = async (now: UserRecord) => now.passwordHash === user.passwordHash;
  const session = await startSession(services, c, { user: publicUser(user), isRemembered, isStillRight });
  if (!session) return redirectTo(c, leadingTo(paths.login, next));
  return redirectTo(c, next === "/" ? services.afterLogin : next);
}

interface SecondStepProps extends FormState {
  readonly next: string;
}

function again(c: Context, props: SecondStepProps): Response | Promise<Response> {
  return c.render(<SecondStepPage {...props} />, { title, status: withProblems(c) });
}

function SecondStepPage({ next, problems }: SecondStepProps) {
  const focus = focusOn(["code"], problems);
  return (
    <AuthCard title={title} links={[{ href: paths.login, text: "Start again" }]}>
      <p>
        Your password was right. Now enter the code that your authenticator app shows, or one of your recovery codes.
      </p>
      <Form action={paths.secondStep} id="second-step" {...(problems ? { problems } : {})}>
        <Field
          name="code"
          label="Code"
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck="false"
          maxlength={40}
          required
          {...focus("code")}
        />
        {next === "/" ? null : <input type="hidden" name="next" value={next} />}
        <SubmitButton>Log in</SubmitButton>
      </Form>
    </AuthCard>
  );
}
