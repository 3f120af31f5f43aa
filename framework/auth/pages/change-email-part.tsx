import type { Context } from "hono";
import { z } from "zod";
import { readForm, setFlash } from "../../forms/index.ts";
import { redirectTo } from "../../html/index.ts";
import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { keepOnly } from "../login.ts";
import { maxPasswordBytes } from "../passwords/passwords.ts";
import { paths } from "../paths.ts";
import type { StoredToken } from "../tokens/tokens.ts";
import { publicUser, type User } from "../users/user.ts";
import { AuthCard, AuthForm, type FormState } from "./auth-form.tsx";
import { sendEmailChange, sendEmailChangeApproval, sendEmailChanged } from "./auth-mails.tsx";
import { CurrentPasswordField } from "./fields.tsx";
import { DeadLinkPage, hideUrl, tokenField } from "./mailed-link.tsx";
import { provePassword } from "./prove-password.ts";

const title = "Change your email";
const schema = z.object({ token: tokenField, password: z.string().max(maxPasswordBytes).optional() });

/** The page that the two mailed links of an email change open: first the one sent to the current address, then the one to the new. */
export function changeEmailPart(services: AuthServices): AuthPart {
  return {
    name: "change-email",
    mount(app) {
      app.get(paths.changeEmail, (c) => show(services, c));
      app.post(paths.changeEmail, (c) => agree(services, c));
    },
  };
}

async function show(services: AuthServices, c: Context): Promise<Response> {
  hideUrl(c);
  const token = c.req.query("token") ?? "";
  const found = await look(services, token);
  if (!found) return refuse(c);
  return c.render(<AgreePage token={token} found={found} asks={asksForPassword(c, found)} />, { title });
}

async function agree(services: AuthServices, c: Context): Promise<Response> {
  hideUrl(c);
  const form = await readForm(c, schema);
  const { token, password } = form.ok ? form.data : { token: "", password: undefined };
  const found = await look(services, token);
  const record = found && (await services.users.findById(found.userId));
  if (!record || record.disabledAt !== null || isOlderThanAddress(found, record)) return refuse(c);
  const user = publicUser(record);
  if (asksForPassword(c, found)) {
    const proof = await provePassword(services, c, { user, password });
    if (!proof.ok) {
      const page = <AgreePage token={token} found={found} asks state={{ problems: proof.problems }} />;
      return c.render(page, { title, status: proof.status });
    }
  }
  if (!(await services.tokens.take(token, found.purpose))) return refuse(c);
  if (found.purpose === "approve-email-change") {
    await services.audit(c, { action: "email-change-approved", userId: user.id });
    services.later.run(() => askNewAddress(services, user, found.email));
    setFlash(c, "success", `Next, open the link we sent to ${found.email}.`);
  } else {
    if (!(await change(services, c, { user, email: found.email }))) return refuse(c);
    setFlash(c, "success", "Your email address was changed.");
  }
  return redirectTo(c, c.get("user") ? paths.account : paths.login);
}

/**
 * Whether somebody has to prove that the account is theirs: a stranger may have asked for the change, to go on using the account under
 * the address of somebody who confirms without a thought.
 */
function asksForPassword(c: Context, { purpose, userId }: StoredToken): boolean {
  return purpose === "change-email" && c.get("user")?.id !== userId;
}

async function look(services: AuthServices, token: string): Promise<StoredToken | null> {
  const { tokens } = services;
  return (await tokens.look(token, "approve-email-change")) ?? (await tokens.look(token, "change-email"));
}

/** Whether a link was created before the current address was confirmed, so that this address was never asked. */
function isOlderThanAddress({ createdAt }: StoredToken, { emailVerifiedAt }: User): boolean {
  return emailVerifiedAt !== null && createdAt < emailVerifiedAt;
}

/** Returns false if another account has taken the address in the meantime. */
async function change(
  services: AuthServices,
  c: Context,
  { user, email }: { readonly user: User; readonly email: string },
): Promise<boolean> {
  const written = await services.users.update(user.id, { email, emailVerifiedAt: services.clock.now() });
  if (!written.ok) return false;
  const session = c.get("session");
  if (session?.userId === user.id) await keepOnly(services, c, { session, reason: "revoked" });
  else await services.sessions.endAll(user.id, "revoked");
  await services.audit(c, { action: "email-changed", userId: user.id });
  services.later.run(() => sendEmailChanged(services, user, email));
  return true;
}

async function refuse(c: Context): Promise<Response> {
  const again = { href: paths.account, text: "Your account" };
  return c.render(<DeadLinkPage lifetime="day" again={again} />, { title, status: 400 });
}

interface AgreePageProps {
  readonly token: string;
  readonly found: StoredToken;
  /** Whether it asks for the password. */
  readonly asks: boolean;
  readonly state?: FormState;
}

function AgreePage({ token, found, asks, state }: AgreePageProps) {
  const isApproval = found.purpose === "approve-email-change";
  const email = <strong>{found.email}</strong>;
  return (
    <AuthCard title={isApproval ? title : "Confirm your new email address"}>
      <p>
        {isApproval ? (
          <>Do you want to use {email} for your account? If you approve, we'll ask for confirmation there, too.</>
        ) : (
          <>Is {email} your email address?</>
        )}
      </p>
      {asks ? <p>Enter the password of your account. If you don't have one here, don't confirm.</p> : null}
      <AuthForm
        action={paths.changeEmail}
        id="change-email"
        focus={["password"]}
        hidden={{ token }}
        state={state}
        submit={isApproval ? "Approve" : "Confirm"}
      >
        {asks ? <CurrentPasswordField /> : null}
      </AuthForm>
    </AuthCard>
  );
}

/** Starts an email change by asking the current address, or the new one if the current was never confirmed. Ends any earlier change. */
export async function askForChange(services: AuthServices, user: User, email: string): Promise<void> {
  if (user.emailVerifiedAt === null) return askNewAddress(services, user, email);
  await endEarlierLink(services, user, email);
  await sendEmailChangeApproval(services, user, email);
}

/** Asks the new address, unless it belongs to another account: then nobody is asked. */
async function askNewAddress(services: AuthServices, user: User, email: string): Promise<void> {
  if (!(await services.users.findByEmail(email))) await sendEmailChange(services, user, email);
  // Otherwise an earlier link would keep working only if the new address is taken, which would give that away.
  else await endEarlierLink(services, user, email);
}

/** Replaces a link sent to a new address with one that nobody receives. */
async function endEarlierLink({ tokens }: AuthServices, user: User, email: string): Promise<void> {
  await tokens.create({ userId: user.id, purpose: "change-email", email });
}
