import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface ApproveEmailChangeProps {
  /** The current address. */
  readonly to: string;
  readonly name?: string;
  /** The requested address. It is shown in full, so that users know what they approve. */
  readonly newEmail: string;
  /** The approval link, with its token. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works (default: 24). */
  readonly hours?: number;
}

/** Asks at the current address to approve a change to a new one. */
export function approveEmailChange({ to, name, newEmail, url, appName, hours = 24 }: ApproveEmailChangeProps): Message {
  return {
    to,
    subject: `Approve your new email address for ${appName}`,
    preheader: "Nothing changes until you approve it.",
    html: (
      <>
        <MailHeading>Approve your new email address</MailHeading>
        <MailText>{greeting(name)}</MailText>
        <MailText>
          Someone logged in to your {appName} account asked to change its email address to {newEmail}. If that was you,
          approve the change. We'll then send a confirmation link to the new address.
        </MailText>
        <MailAction href={url}>Approve change</MailAction>
        <MailNote>
          This link works for {hours} hours. If it wasn't you, don't click it. Someone else may be logged in to your
          account, so change your password right away.
        </MailNote>
      </>
    ),
  };
}

/** Sample props for previews. */
export function approveEmailChangeSample(sample: MailSample): ApproveEmailChangeProps {
  return {
    to: sample.to,
    name: sample.name,
    newEmail: "grace@example.com",
    url: `${sample.appUrl}/change-email?token=sample`,
    appName: sample.appName,
  };
}
