import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface EmailChangedProps {
  /** The old address. */
  readonly to: string;
  readonly name?: string | undefined;
  /** The new address; only its beginning and domain are shown. */
  readonly newEmail: string;
  /** Where to get help when it was somebody else. */
  readonly url: string;
  readonly appName: string;
}

/** Tells the old address that the account now has another one. */
export function emailChanged({ to, name, newEmail, url, appName }: EmailChangedProps): Message {
  return {
    to,
    subject: `Your ${appName} email was changed`,
    preheader: "This address is no longer in use for your account.",
    html: (
      <>
        <MailHeading>Your email was changed</MailHeading>
        <MailText>
          {greeting(name)}, your {appName} account now uses {shortened(newEmail)}. Messages will no longer go to this
          address.
        </MailText>
        <MailText>If that was you, there is nothing to do. If not, act now:</MailText>
        <MailAction href={url}>This was not me</MailAction>
        <MailNote>This message was sent to your old address for your safety.</MailNote>
      </>
    ),
  };
}

// The old mailbox may be read by others: it need not learn the whole new address.
function shortened(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, Math.min(2, at))}…${email.slice(at)}`;
}

/** Made-up props for previews. */
export function emailChangedSample(sample: MailSample): EmailChangedProps {
  return {
    to: sample.to,
    name: sample.name,
    newEmail: "grace@example.com",
    url: `${sample.appUrl}/forgot-password`,
    appName: sample.appName,
  };
}
