import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface PasswordChangedProps {
  readonly to: string;
  readonly name?: string | undefined;
  /** The page for a forgotten password, for the case that somebody else did it. */
  readonly url: string;
  readonly appName: string;
}

/** Tells a user that the password was changed, so that a stranger's change is noticed. */
export function passwordChanged({ to, name, url, appName }: PasswordChangedProps): Message {
  return {
    to,
    subject: `Your ${appName} password was changed`,
    preheader: "All other devices were logged out.",
    html: (
      <>
        <MailHeading>Your password was changed</MailHeading>
        <MailText>
          {greeting(name)}, the password of your {appName} account has just been changed. All other devices were logged
          out.
        </MailText>
        <MailText>If that was you, there is nothing to do. If not, take your account back now:</MailText>
        <MailAction href={url}>Reset the password</MailAction>
        <MailNote>You get this message with every change of the password; it cannot be turned off.</MailNote>
      </>
    ),
  };
}

/** Made-up props for previews. */
export function passwordChangedSample(sample: MailSample): PasswordChangedProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/forgot-password`,
    appName: sample.appName,
  };
}
