import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface PasswordChangedProps {
  readonly to: string;
  readonly name?: string;
  /** The "forgot password" page, in case someone else changed it. */
  readonly url: string;
  readonly appName: string;
}

/** Tells a user that their password was changed, in case someone else did it. */
export function passwordChanged({ to, name, url, appName }: PasswordChangedProps): Message {
  return {
    to,
    subject: `Your ${appName} password was changed`,
    preheader: "You were logged out on all other devices.",
    html: (
      <>
        <MailHeading>Your password was changed</MailHeading>
        <MailText>{greeting(name)}</MailText>
        <MailText>
          The password of your {appName} account was just changed, and you were logged out on all other devices.
        </MailText>
        <MailText>If this was you, there's nothing else to do. If it wasn't, reset your password right away:</MailText>
        <MailAction href={url}>Reset password</MailAction>
        <MailNote>To keep your account safe, we send this email whenever your password changes.</MailNote>
      </>
    ),
  };
}

/** Sample props for previews. */
export function passwordChangedSample(sample: MailSample): PasswordChangedProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/forgot-password`,
    appName: sample.appName,
  };
}
