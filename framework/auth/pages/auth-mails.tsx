import { MailAction, MailHeading, MailNote, MailText } from "../../../mail/index.ts";
import type { AuthServices } from "../auth-services.ts";
import { paths } from "../paths.ts";
import type { TokenPurpose } from "../tokens/tokens.ts";
import { tokenLifetimes } from "../tokens/tokens.ts";
import type { User } from "../users/user.ts";

type MailServices = Pick<AuthServices, "mail" | "tokens" | "appUrl">;

const minuteMs = 60_000;

/** Sends the link that confirms the address of an account. */
export async function sendVerification(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = await link(services, paths.verifyEmail, { user, purpose: "verify-email", email: user.email });
  const hours = tokenLifetimes["verify-email"] / minuteMs / 60;
  await mail.sendLater(
    mail.messages.verifyEmail({ to: user.email, name: user.name, url, appName: mail.appName, hours }),
  );
}

/** Sends the link with which a forgotten password is replaced. */
export async function sendPasswordReset(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = await link(services, paths.resetPassword, { user, purpose: "reset-password", email: user.email });
  const minutes = tokenLifetimes["reset-password"] / minuteMs;
  await mail.sendLater(
    mail.messages.resetPassword({ to: user.email, name: user.name, url, appName: mail.appName, minutes }),
  );
}

/** Asks at the present address whether the account may get another one. */
export async function sendEmailChangeApproval(services: MailServices, user: User, newEmail: string): Promise<void> {
  const { mail } = services;
  const url = await link(services, paths.changeEmail, { user, purpose: "approve-email-change", email: newEmail });
  const hours = tokenLifetimes["approve-email-change"] / minuteMs / 60;
  await mail.sendLater(
    mail.messages.approveEmailChange({ to: user.email, name: user.name, newEmail, url, appName: mail.appName, hours }),
  );
}

/** Asks at the new address whether it shall become the account's. */
export async function sendEmailChange(services: MailServices, user: User, newEmail: string): Promise<void> {
  const { mail } = services;
  const url = await link(services, paths.changeEmail, { user, purpose: "change-email", email: newEmail });
  const hours = tokenLifetimes["change-email"] / minuteMs / 60;
  await mail.sendLater(
    mail.messages.confirmEmailChange({ to: newEmail, name: user.name, url, appName: mail.appName, hours }),
  );
}

/** Tells the old address that the account has a new one. */
export async function sendEmailChanged(services: MailServices, user: User, newEmail: string): Promise<void> {
  const { mail } = services;
  const url = address(services, paths.forgotPassword);
  await mail.sendLater(
    mail.messages.emailChanged({ to: user.email, name: user.name, newEmail, url, appName: mail.appName }),
  );
}

/** Tells a user that the password was changed. */
export async function sendPasswordChanged(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = address(services, paths.forgotPassword);
  await mail.sendLater(mail.messages.passwordChanged({ to: user.email, name: user.name, url, appName: mail.appName }));
}

/** Greets a user whose address has been confirmed. */
export async function sendWelcome(services: MailServices, user: User): Promise<void> {
  const { mail } = services;
  const url = address(services, "/");
  await mail.sendLater(mail.messages.welcome({ to: user.email, name: user.name, url, appName: mail.appName }));
}

/** Tells the owner of an address that somebody tried to register with it: the page itself must not say so. */
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
          Somebody, perhaps you, tried to create an account at {mail.appName} with this address. It has one already, and
          nothing has changed.
        </MailText>
        <MailAction href={address(services, paths.login)}>Log in</MailAction>
        <MailNote>Forgot the password? You can choose a new one at {address(services, paths.forgotPassword)}</MailNote>
      </>
    ),
  });
}

/** Tells a user that logging in now takes a code, or no longer does. */
export async function sendSecondFactorChanged(services: MailServices, user: User, isOn: boolean): Promise<void> {
  const { mail } = services;
  const change = isOn ? "turned on" : "turned off";
  await mail.sendLater({
    to: user.email,
    subject: `Two-step log-in was ${change} at ${mail.appName}`,
    preheader: "If it was not you, act now.",
    html: (
      <>
        <MailHeading>Two-step log-in was {change}</MailHeading>
        <MailText>
          Hello {user.name}, logging in to {mail.appName}{" "}
          {isOn ? "now asks for a code of your app" : "takes the password alone again"}.
        </MailText>
        <MailNote>Was it not you? Choose a new password at {address(services, paths.forgotPassword)}</MailNote>
      </>
    ),
  });
}

interface LinkTarget {
  readonly user: User;
  readonly purpose: TokenPurpose;
  readonly email: string;
}

async function link(services: MailServices, path: string, target: LinkTarget): Promise<string> {
  const { user, purpose, email } = target;
  const token = await services.tokens.create({ userId: user.id, purpose, email });
  return `${address(services, path)}?token=${token}`;
}

/** Always on the configured address: whatever Host a request had must not reach a mail. */
function address(services: MailServices, path: string): string {
  return new URL(path, services.appUrl).href;
}
