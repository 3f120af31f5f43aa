import { MailAction, MailHeading, MailNote, MailText } from "../../../mail/index.ts";
import type { AuthServices } from "../auth-services.ts";
import { paths } from "../paths.ts";
import type { TokenPurpose } from "../tokens/tokens.ts";
import { tokenLifetimes } from "../tokens/tokens.ts";
import type { User } from "../users/user.ts";

type MailServices = Pick<AuthServices, "mail" | "tokens" | "appUrl">;

const minuteMs = 60_000;

/** Sends the link that confirms the address of a new account. */
export async function sendVerification(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = await createLink(services, paths.verifyEmail, { user, purpose: "verify-email", email: user.email });
  const hours = tokenLifetimes["verify-email"] / minuteMs / 60;
  await mail.sendLater(
    mail.messages.verifyEmail({ to: user.email, name: user.name, url, appName: mail.appName, hours }),
  );
}

/** Sends the link that replaces a forgotten password. */
export async function sendPasswordReset(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = await createLink(services, paths.resetPassword, { user, purpose: "reset-password", email: user.email });
  const minutes = tokenLifetimes["reset-password"] / minuteMs;
  await mail.sendLater(
    mail.messages.resetPassword({ to: user.email, name: user.name, url, appName: mail.appName, minutes }),
  );
}

/** Asks the current address to approve a new one. */
export async function sendEmailChangeApproval(services: MailServices, user: User, newEmail: string): Promise<void> {
  const { mail } = services;
  const url = await createLink(services, paths.changeEmail, { user, purpose: "approve-email-change", email: newEmail });
  const hours = tokenLifetimes["approve-email-change"] / minuteMs / 60;
  await mail.sendLater(
    mail.messages.approveEmailChange({ to: user.email, name: user.name, newEmail, url, appName: mail.appName, hours }),
  );
}

/** Asks the new address to confirm the change. */
export async function sendEmailChange(services: MailServices, user: User, newEmail: string): Promise<void> {
  const { mail } = services;
  const url = await createLink(services, paths.changeEmail, { user, purpose: "change-email", email: newEmail });
  const hours = tokenLifetimes["change-email"] / minuteMs / 60;
  await mail.sendLater(
    mail.messages.confirmEmailChange({ to: newEmail, name: user.name, url, appName: mail.appName, hours }),
  );
}

/** Tells the old address that the account has a new one. */
export async function sendEmailChanged(services: MailServices, user: User, newEmail: string): Promise<void> {
  const { mail } = services;
  const url = urlOf(services, paths.forgotPassword);
  await mail.sendLater(
    mail.messages.emailChanged({ to: user.email, name: user.name, newEmail, url, appName: mail.appName }),
  );
}

/** Tells a user that their password was changed. */
export async function sendPasswordChanged(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = urlOf(services, paths.forgotPassword);
  await mail.sendLater(mail.messages.passwordChanged({ to: user.email, name: user.name, url, appName: mail.appName }));
}

/** Welcomes a user who has just confirmed their address. */
export async function sendWelcome(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = urlOf(services, "/");
  await mail.sendLater(mail.messages.welcome({ to: user.email, name: user.name, url, appName: mail.appName }));
}

/** Tells the owner of an address that someone tried to register with it, because the page itself must not. */
export async function sendRegistrationNotice(services: MailServices, email: string): Promise<void> {
  const { mail } = services;
  await mail.sendLater({
    to: email,
    subject: `You already have an account at ${mail.appName}`,
    preheader: "Nothing has changed.",
    html: (
      <>
        <MailHeading>You already have an account</MailHeading>
        <MailText>
          Someone, maybe you, tried to create an account at {mail.appName} with this email address. You already have
          one, and nothing has changed.
        </MailText>
        <MailAction href={urlOf(services, paths.login)}>Log in</MailAction>
        <MailNote>Forgot your password? Choose a new one at {urlOf(services, paths.forgotPassword)}</MailNote>
      </>
    ),
  });
}

/** Tells a user that two-step login was turned on or off. */
export async function sendSecondFactorChanged(services: MailServices, user: User, isOn: boolean): Promise<void> {
  const { mail } = services;
  const change = isOn ? "turned on" : "turned off";
  await mail.sendLater({
    to: user.email,
    subject: `Two-step login was ${change} at ${mail.appName}`,
    preheader: "If this wasn't you, act now.",
    html: (
      <>
        <MailHeading>Two-step login was {change}</MailHeading>
        <MailText>Hi {user.name},</MailText>
        <MailText>
          Logging in to {mail.appName}{" "}
          {isOn ? "now requires a code from your authenticator app" : "no longer requires a code"}.
        </MailText>
        <MailNote>
          If this wasn't you, choose a new password right away at {urlOf(services, paths.forgotPassword)}
        </MailNote>
      </>
    ),
  });
}

interface LinkTarget {
  readonly user: User;
  readonly purpose: TokenPurpose;
  readonly email: string;
}

async function createLink(services: MailServices, path: string, target: LinkTarget): Promise<string> {
  const { user, purpose, email } = target;
  const token = await services.tokens.create({ userId: user.id, purpose, email });
  return `${urlOf(services, path)}?token=${token}`;
}

/** Always on the configured URL, because the Host header of a request must never end up in a mail. */
function urlOf(services: MailServices, path: string): string {
  return new URL(path, services.appUrl).href;
}
