import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface VerifyEmailProps {
  readonly to: string;
  readonly name?: string;
  /** The confirmation link, with its token. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works (default: 24). */
  readonly hours?: number;
}

/** Asks a new user to confirm their email address. */
export function verifyEmail({ to, name, url, appName, hours = 24 }: VerifyEmailProps): Message {
  return {
    to,
    subject: `Confirm your email address for ${appName}`,
    preheader: "One click and your account is ready.",
    html: (
      <>
        <MailHeading>Confirm your email address</MailHeading>
        <MailText>{greeting(name)}</MailText>
        <MailText>
          Somebody created an account at {appName} with this email address. If it was you, please confirm that the
          address is yours.
        </MailText>
        <MailText>
          Only people who confirm can use the account under your address. In another browser than the one it was created
          in, we ask for the password, or let you choose a new one, and log out everybody else.
        </MailText>
        <MailAction href={url}>Confirm email address</MailAction>
        <MailNote>
          This link works for {hours} hours. If you didn't sign up for {appName}, don't confirm: without you, the
          address stays unconfirmed.
        </MailNote>
      </>
    ),
  };
}

/** Sample props for previews. */
export function verifyEmailSample(sample: MailSample): VerifyEmailProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/verify-email?token=sample`,
    appName: sample.appName,
  };
}
