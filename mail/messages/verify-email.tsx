import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface VerifyEmailProps {
  readonly to: string;
  readonly name?: string | undefined;
  /** The page that verifies, token included. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works; 24 unless given. */
  readonly hours?: number;
}

/** Asks a new user to confirm that the address is theirs. */
export function verifyEmail({ to, name, url, appName, hours = 24 }: VerifyEmailProps): Message {
  return {
    to,
    subject: `Confirm your email for ${appName}`,
    preheader: "One click and your account is ready.",
    html: (
      <>
        <MailHeading>Confirm your email</MailHeading>
        <MailText>
          {greeting(name)}, please confirm that this address is yours, so that nobody else can use it with {appName}.
        </MailText>
        <MailAction href={url}>Confirm email</MailAction>
        <MailNote>
          The link works for {hours} hours. If you did not sign up, ignore this message and nothing happens.
        </MailNote>
      </>
    ),
  };
}

/** Made-up props for previews. */
export function verifyEmailSample(sample: MailSample): VerifyEmailProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/verify-email?token=sample`,
    appName: sample.appName,
  };
}
