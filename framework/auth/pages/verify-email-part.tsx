import type { Context } from "hono";
import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { logInByRegistration } from "../login.ts";
import { maxPasswordBytes } from "../passwords/passwords.ts";
import { paths } from "../paths.ts";
import { requestFacts } from "../safeguards/audit-log.ts";
import { publicUser, type User, type UserRecord } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState, tooManyAttempts, withProblems } from "./auth-form.tsx";
import { sendVerification, sendWelcome } from "./auth-mails.tsx";
import { mountPasswordLink } from "./choose-password.tsx";
import { CurrentPasswordField, EmailField, emailField, HiddenUsername } from "./fields.tsx";
import { CheckEmailPage, checkEmailTitle, DeadLinkPage, hideUrl, tokenField } from "./mailed-link.tsx";
import { provePassword } from "./prove-password.ts";

const title = "Confirm your email";
const confirmSchema = z.object({ token: tokenField, password: z.string().max(maxPasswordBytes).optional() });
const askSchema = z.object({ email: emailField });
const deadLink = { lifetime: "day", again: { href: paths.verifyEmail, text: "Get a new link" } } as const;
const resend = `${paths.verifyEmail}/resend`;

/** The page where a mailed link confirms the address of a new account, and where people get a new link. */
export function verifyEmailPart(services: AuthServices): AuthPart {
  return {
    name: "verify-email",
    mount(app) {
      app.get(paths.verifyEmail, (c) => show(services, c));
      app.post(paths.verifyEmail, (c) => confirm(services, c));
      app.post(resend, (c) => sendAgain(services, c));
      mountPasswordLink(app, services, {
        ...{ path: paths.claimAccount, purpose: "verify-email", ...deadLink },
        done: "Your email address is confirmed. Log in with your new password.",
      });
    },
  };
}

async function show(services: AuthServices, c: Context): Promise<Response> {
  const token = c.req.query("token");
  if (token === undefined) return c.render(<ResendPage user={c.get("user") ?? null} />, { title });
  hideUrl(c);
  const owner = await ownerOf(services, token);
  if (!owner) return refuse(c);
  return c.render(<ConfirmPage token={token} email={owner.email} asks={asksForPassword(services, c, owner)} />, {
    title,
  });
}

async function confirm(services: AuthServices, c: Context): Promise<Response> {
  hideUrl(c);
  const form = await readForm(c, confirmSchema);
  const { token, password } = form.ok ? form.data : { token: "", password: undefined };
  const owner = await ownerOf(services, token);
  if (!owner) return refuse(c);
  if (asksForPassword(services, c, owner)) {
    const proof = await provePassword(services, c, { user: owner, password });
    if (!proof.ok) {
      const page = <ConfirmPage token={token} email={owner.email} asks state={{ problems: proof.problems }} />;
      return c.render(page, { title, status: proof.status });
    }
  }
  if (!(await services.tokens.take(token, "verify-email"))) return refuse(c);
  const user = await apply(services, c, owner);
  await logInByRegistration(services, c, user);
  setFlash(c, "success", "Your email address is confirmed.");
  return redirectTo(c, c.get("user") ? services.afterLogin : paths.login);
}

async function refuse(c: Context): Promise<Response> {
  return c.render(<DeadLinkPage {...deadLink} />, { title, status: 400 });
}

/** The account of a link, if it still has the address that the link was sent to. */
async function ownerOf(services: AuthServices, token: string): Promise<UserRecord | null> {
  const found = await services.tokens.look(token, "verify-email");
  const record = found && (await services.users.findById(found.userId));
  return record && record.disabledAt === null && record.email === found.email ? record : null;
}

/**
 * Whether somebody has to prove that the account is theirs, and not one that a stranger created with their address: everywhere but in the
 * browser that created it, or is logged in to it.
 */
function asksForPassword(services: AuthServices, c: Context, owner: UserRecord): boolean {
  if (owner.emailVerifiedAt !== null || owner.passwordHash === null) return false;
  return c.get("user")?.id !== owner.id && !services.registration.isOf(c, owner.id);
}

/** Confirms the address, and ends every session that isn't of this browser: it may be a stranger's. */
async function apply(services: AuthServices, c: Context, record: UserRecord): Promise<User> {
  const user = publicUser(record);
  const emailVerifiedAt = services.clock.now();
  await services.users.update(user.id, { emailVerifiedAt });
  if (record.emailVerifiedAt === null && !services.registration.isOf(c, user.id)) {
    await services.sessions.endAll(user.id, "revoked", c.get("session")?.id);
  }
  await services.audit(c, { action: "email-verified", userId: user.id });
  if (user.emailVerifiedAt === null) services.later.run(() => sendWelcome(services, user));
  return { ...user, emailVerifiedAt };
}

async function sendAgain(services: AuthServices, c: Context): Promise<Response> {
  const user = c.get("user") ?? null;
  const form = await readForm(c, askSchema);
  if (!user && !form.ok) {
    return c.render(<ResendPage user={null} state={form} />, { title, status: withProblems(c) });
  }
  const email = user?.email ?? (form.ok ? form.data.email : "");
  const verdict = await services.limits.mail("verify", email, requestFacts(c).address);
  if (!verdict.ok) {
    const { status, problems } = tooManyAttempts(c, verdict.retryAfterMs);
    return c.render(<ResendPage user={user} state={{ problems, old: { email } }} />, { title, status });
  }
  services.later.run(async () => {
    const record = await services.users.findByEmail(email);
    if (!record || record.disabledAt !== null || record.emailVerifiedAt !== null) return;
    await sendVerification(services, publicUser(record));
  });
  return c.render(<SentPage email={email} />, { title: checkEmailTitle });
}

interface ConfirmPageProps {
  readonly token: string;
  readonly email: string;
  /** Whether it asks for the password. */
  readonly asks: boolean;
  readonly state?: FormState;
}

function ConfirmPage({ token, email, asks, state }: ConfirmPageProps) {
  const claim = { href: `${paths.claimAccount}?token=${token}`, text: "I don't know the password" };
  return (
    <AuthCard title={title} {...(asks ? { links: [claim] } : {})}>
      <p>
        Is <strong>{email}</strong> your email address?
      </p>
      {asks ? <p>Enter the password of the account, so that nobody else can use it under your address.</p> : null}
      <AuthForm
        action={paths.verifyEmail}
        id="verify"
        focus={["password"]}
        hidden={{ token }}
        state={state}
        submit="Confirm"
      >
        {asks ? (
          <>
            <HiddenUsername email={email} />
            <CurrentPasswordField />
          </>
        ) : null}
      </AuthForm>
    </AuthCard>
  );
}

function ResendPage({ user, state }: { readonly user: User | null; readonly state?: FormState }) {
  const link = user ? { href: paths.account, text: "Your account" } : { href: paths.login, text: "Log in" };
  return (
    <AuthCard title={title} links={[link]}>
      <p>Open the link in the email we sent you. If it didn't arrive, we can send another one.</p>
      <AuthForm action={resend} id="resend" focus={["email"]} state={state} submit="Send a new link">
        {user ? null : <EmailField />}
      </AuthForm>
    </AuthCard>
  );
}

function SentPage({ email }: { readonly email: string }) {
  return (
    <CheckEmailPage>
      If <strong>{email}</strong> still needs to be confirmed, we've sent it a new link.
    </CheckEmailPage>
  );
}
