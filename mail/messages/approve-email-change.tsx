import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface ApproveEmailChangeProps {
  /** The present address. */
  readonly to: string;
  readonly name?: string | undefined;
  /** The address that is asked for. It is shown whole: nobody could agree to a part of it. */
  readonly newEmail: string;
  /** The page that agrees, token included. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works; 24 unless given. */
  readonly hours?: number;
}

/** Asks at the present address whether the account may get another one. */
export function approveEmailChange({ to, name, newEmail, url, appName, hours = 24 }: ApproveEmailChangeProps): Message {
  return {
    to,
    subject: `Approve the new email for ${appName}`,
    preheader: "Nothing changes unless you agree.",
    html: (
      <>
        <MailHeading>Shall your email change?</MailHeading>
        <MailText>
          {greeting(name)}, somebody who is logged in to your {appName} account wants it to use {newEmail} instead of
          this address. If that is you, agree; then we ask at the new address.
        </MailText>
        <MailAction href={url}>Approve the change</MailAction>
        <MailNote>
          The link works for {hours} hours. Was it not you? Then somebody else is logged in to your account: do not
          follow the link, and choose a new password.
        </MailNote>
      </>
    ),
  };
}

/** Made-up props for previews. */
export function approveEmailChangeSample(sample: MailSample): ApproveEmailChangeProps {
  return {
    to: sample.to,
    name: sample.name,
    newEmail: "grace@example.com",
    url: `${sample.appUrl}/change-email?token=sample`,
    appName: sample.appName,
  };
}
