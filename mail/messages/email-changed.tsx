import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { shortAddress } from "../message/short-address.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface EmailChangedProps {
  /** The old address. */
  readonly to: string;
  readonly name?: string;
  /** The new address. Only its first two letters and the domain are shown, because others may be able to read the old mailbox. */
  readonly newEmail: string;
  /** Where to get help if someone else did it. */
  readonly url: string;
  readonly appName: string;
}

/** Tells the old address that the account has a new one. */
export function emailChanged({ to, name, newEmail, url, appName }: EmailChangedProps): Message {
  return {
    to,
    subject: `Your ${appName} email address was changed`,
    preheader: "Your account no longer uses this address.",
    html: (
      <>
        <MailHeading>Your email address was changed</MailHeading>
        <MailText>{greeting(name)}</MailText>
        <MailText>
          Your {appName} account now uses {shortAddress(newEmail)}. We won't send any more emails to this address.
        </MailText>
        <MailText>If this was you, there's nothing else to do. If it wasn't, act right away:</MailText>
        <MailAction href={url}>This wasn't me</MailAction>
        <MailNote>To keep your account safe, we sent this email to your old address.</MailNote>
      </>
    ),
  };
}

/** Sample props for previews. */
export function emailChangedSample(sample: MailSample): EmailChangedProps {
  return {
    to: sample.to,
    name: sample.name,
    newEmail: "grace@example.com",
    url: `${sample.appUrl}/forgot-password`,
    appName: sample.appName,
  };
}
