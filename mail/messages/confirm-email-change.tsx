import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface ConfirmEmailChangeProps {
  /** The new address. */
  readonly to: string;
  readonly name?: string | undefined;
  /** The page that confirms, token included. */
  readonly url: string;
  readonly appName: string;
  /** How long the link works; 24 unless given. */
  readonly hours?: number;
}

/** Asks at the new address whether it shall become the account's. */
export function confirmEmailChange({ to, name, url, appName, hours = 24 }: ConfirmEmailChangeProps): Message {
  return {
    to,
    subject: `Confirm your new email for ${appName}`,
    preheader: "Until then your old address stays in use.",
    html: (
      <>
        <MailHeading>Confirm your new email</MailHeading>
        <MailText>
          {greeting(name)}, confirm that {to} is yours to use it for your {appName} account. Until then the old address
          stays in use.
        </MailText>
        <MailAction href={url}>Confirm new email</MailAction>
        <MailNote>
          The link works for {hours} hours. If you did not ask for this change, ignore this message and nothing happens.
        </MailNote>
      </>
    ),
  };
}

/** Made-up props for previews. */
export function confirmEmailChangeSample(sample: MailSample): ConfirmEmailChangeProps {
  return {
    to: sample.to,
    name: sample.name,
    url: `${sample.appUrl}/change-email?token=sample`,
    appName: sample.appName,
  };
}
