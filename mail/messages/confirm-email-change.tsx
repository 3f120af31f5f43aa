import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface ConfirmEmailChangeProps {
  /** The new address. */
  readonly to: string;
  readonly name?: string;
  /** The confirmation link, with its token. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works (default: 24). */
  readonly hours?: number;
}

/** Asks at the new address to confirm the change. */
export function confirmEmailChange({ to, name, url, appName, hours = 24 }: ConfirmEmailChangeProps): Message {
  return {
    to,
    subject: `Confirm your new email address for ${appName}`,
    preheader: "Until then, your account keeps its current address.",
    html: (
      <>
        <MailHeading>Confirm your new email address</MailHeading>
        <MailText>{greeting(name)}</MailText>
        <MailText>
          Please confirm that you want to use {to} for your {appName} account. Until then, your account keeps its
          current address.
        </MailText>
        <MailAction href={url}>Confirm new address</MailAction>
        <MailNote>
          This link works for {hours} hours. If you didn't ask for this change, you can ignore this email and nothing
          will change.
        </MailNote>
      </>
    ),
  };
}

/** Sample props for previews. */
export function confirmEmailChangeSample(sample: MailSample): ConfirmEmailChangeProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/change-email?token=sample`,
    appName: sample.appName,
  };
}
