import type { Context, Hono } from "hono";
import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthServices } from "../auth-services.ts";
import { whenNotBusy } from "../passwords/passwords.ts";
import { paths } from "../paths.ts";
import type { TokenPurpose } from "../tokens/tokens.ts";
import { publicUser, type UserRecord } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState, withProblems } from "./auth-form.tsx";
import { sendPasswordChanged, sendWelcome } from "./auth-mails.tsx";
import { NewPasswordFields, newPasswordFields, passwordsDiffer, passwordsMatch } from "./fields.tsx";
import { DeadLinkPage, type DeadLinkPageProps, hideUrl, tokenField } from "./mailed-link.tsx";

/** A mailed link with which somebody chooses a new password. */
export interface PasswordLink extends DeadLinkPageProps {
  readonly path: string;
  readonly purpose: TokenPurpose;
  /** What the login page says afterwards. */
  readonly done: string;
}

const tokenSchema = z.object({ token: tokenField });
const schema = z.object({ token: tokenField, ...newPasswordFields }).refine(passwordsMatch, passwordsDiffer);
const title = "Choose a new password";

/** The page that such a link opens. It ends all sessions and logs nobody in. */
export function mountPasswordLink(app: Hono, services: AuthServices, link: PasswordLink): void {
  app.get(link.path, (c) => show(services, c, link));
  app.post(link.path, (c) => choose(services, c, link));
}

async function show(services: AuthServices, c: Context, link: PasswordLink): Promise<Response> {
  hideUrl(c);
  const token = c.req.query("token") ?? "";
  // Opening the link doesn't use it up: mail programs open links to scan them.
  const owner = await ownerOf(services, await services.tokens.look(token, link.purpose));
  if (!owner) return refuse(c, link);
  return c.render(<ChoosePage link={link} token={token} minLength={services.rules.minLength} />, { title });
}

async function choose(services: AuthServices, c: Context, link: PasswordLink): Promise<Response> {
  hideUrl(c);
  const form = await readForm(c, schema);
  const token = form.ok ? form.data.token : await postedToken(c);
  const owner = await ownerOf(services, await services.tokens.look(token, link.purpose));
  if (!owner) return refuse(c, link);
  const weak = form.ok ? services.rules.check(form.data.password, owner) : [];
  if (!form.ok || weak.length > 0) {
    const problems = form.ok ? { password: weak } : form.problems;
    const page = <ChoosePage link={link} token={token} state={{ problems }} minLength={services.rules.minLength} />;
    return c.render(page, { title, status: withProblems(c) });
  }
  // Hash first: if the machine is too busy, the link must stay usable.
  const { password } = form.data;
  const passwordHash = await whenNotBusy(c, () => services.passwords.hash(password));
  if (!(await services.tokens.take(token, link.purpose))) return refuse(c, link);
  await setPassword(services, c, { owner, passwordHash });
  setFlash(c, "success", link.done);
  return redirectTo(c, paths.login);
}

async function refuse(c: Context, { lifetime, again }: PasswordLink): Promise<Response> {
  return c.render(<DeadLinkPage lifetime={lifetime} again={again} />, { title, status: 400 });
}

interface NewPassword {
  readonly owner: UserRecord;
  readonly passwordHash: string;
}

/** Ends all sessions, because a thief of the old password may have one, and logs nobody in. */
async function setPassword(services: AuthServices, c: Context, { owner, passwordHash }: NewPassword): Promise<void> {
  const isConfirmed = owner.emailVerifiedAt !== null;
  // The link was mailed to this address, so opening it confirms the address.
  const emailVerifiedAt = owner.emailVerifiedAt ?? services.clock.now();
  await services.users.update(owner.id, { passwordHash, emailVerifiedAt });
  await services.tokens.deleteForUser(owner.id);
  await services.sessions.endAll(owner.id, "password-changed");
  await services.limits.unlock(owner.email);
  await services.audit(c, { action: "password-reset", userId: owner.id });
  if (!isConfirmed) await services.audit(c, { action: "email-verified", userId: owner.id });
  services.later.run(() =>
    isConfirmed ? sendPasswordChanged(services, publicUser(owner)) : sendWelcome(services, publicUser(owner)),
  );
}

/** The user of a token, if the account still has the address that the token was sent to. */
async function ownerOf(services: AuthServices, token: { userId: string; email: string } | null) {
  const user = token ? await services.users.findById(token.userId) : null;
  return user && user.email === token?.email && user.disabledAt === null ? user : null;
}

async function postedToken(c: Context): Promise<string> {
  const form = await readForm(c, tokenSchema);
  return form.ok ? form.data.token : "";
}

interface ChoosePageProps {
  readonly link: PasswordLink;
  readonly token: string;
  readonly minLength: number;
  readonly state?: FormState;
}

function ChoosePage({ link, token, minLength, state }: ChoosePageProps) {
  return (
    <AuthCard title={title}>
      <AuthForm
        action={link.path}
        id="reset"
        focus={["password", "password_confirmation"]}
        hidden={{ token }}
        state={state}
        submit="Change password"
      >
        <NewPasswordFields minLength={minLength} />
      </AuthForm>
    </AuthCard>
  );
}
