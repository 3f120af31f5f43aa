import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface ResetPasswordProps {
  readonly to: string;
  readonly name?: string;
  /** The link to choose a new password, with its token. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works (default: 60). */
  readonly minutes?: number;
}

/** Sends the link to replace a forgotten password. */
export function resetPassword({ to, name, url, appName, minutes = 60 }: ResetPasswordProps): Message {
  return {
    to,
    subject: `Reset your ${appName} password`,
    preheader: `This link works for ${minutes} minutes.`,
    html: (
      <>
        <MailHeading>Reset your password</MailHeading>
        <MailText>{greeting(name)}</MailText>
        <MailText>
          We got a request to reset the password of your {appName} account. You can choose a new one here:
        </MailText>
        <MailAction href={url}>Choose a new password</MailAction>
        <MailNote>
          This link works once, for {minutes} minutes. If you didn't ask for it, you can ignore this email. Your
          password stays the same.
        </MailNote>
      </>
    ),
  };
}

/** Sample props for previews. */
export function resetPasswordSample(sample: MailSample): ResetPasswordProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/reset-password?token=sample`,
    appName: sample.appName,
  };
}
