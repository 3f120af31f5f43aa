import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface ResetPasswordProps {
  readonly to: string;
  readonly name?: string | undefined;
  /** The page that takes a new password, token included. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works; 60 unless given. */
  readonly minutes?: number;
}

/** Sends the link with which a forgotten password is replaced. */
export function resetPassword({ to, name, url, appName, minutes = 60 }: ResetPasswordProps): Message {
  return {
    to,
    subject: `Reset your ${appName} password`,
    preheader: `The link works for ${minutes} minutes.`,
    html: (
      <>
        <MailHeading>Choose a new password</MailHeading>
        <MailText>
          {greeting(name)}, somebody, hopefully you, asked to reset the password of your {appName} account.
        </MailText>
        <MailAction href={url}>Choose a new password</MailAction>
        <MailNote>
          The link works once, for {minutes} minutes. If you did not ask for it, ignore this message: your password
          stays as it is.
        </MailNote>
      </>
    ),
  };
}

/** Made-up props for previews. */
export function resetPasswordSample(sample: MailSample): ResetPasswordProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/reset-password?token=sample`,
    appName: sample.appName,
  };
}
