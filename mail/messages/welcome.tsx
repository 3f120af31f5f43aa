import { MailAction, MailHeading, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { shownName } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface WelcomeProps {
  readonly to: string;
  readonly name?: string;
  /** Where to start. */
  readonly url: string;
  readonly appName: string;
}

/** Welcomes a user who has confirmed their address. */
export function welcome({ to, name, url, appName }: WelcomeProps): Message {
  const shown = shownName(name);
  return {
    to,
    subject: `Welcome to ${appName}`,
    preheader: "Your account is ready.",
    html: (
      <>
        <MailHeading>{shown === undefined ? "Welcome" : `Welcome, ${shown}`}</MailHeading>
        <MailText>Your email address is confirmed, and your {appName} account is ready.</MailText>
        <MailAction href={url}>Open {appName}</MailAction>
      </>
    ),
  };
}

/** Sample props for previews. */
export function welcomeSample(sample: MailSample): WelcomeProps {
  return {
    to: sample.to,
    name: sample.name,
    url: sample.appUrl,
    appName: sample.appName,
  };
}
