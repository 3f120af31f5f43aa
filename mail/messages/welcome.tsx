import { MailAction, MailHeading, MailNote, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "../message/message.ts";
import { greeting } from "./greeting.ts";
import type { MailSample } from "./template.ts";

export interface WelcomeProps {
  readonly to: string;
  readonly name?: string | undefined;
  /** Where to begin. */
  readonly url: string;
  readonly appName: string;
}

/** Greets a user whose address is confirmed. */
export function welcome({ to, name, url, appName }: WelcomeProps): Message {
  return {
    to,
    subject: `Welcome to ${appName}`,
    preheader: "Your account is ready.",
    html: (
      <>
        <MailHeading>{greeting(name, "Welcome")}</MailHeading>
        <MailText>Your email is confirmed and your {appName} account is ready.</MailText>
        <MailAction href={url}>Open {appName}</MailAction>
        <MailNote>Questions? Just answer this message.</MailNote>
      </>
    ),
  };
}

/** Made-up props for previews. */
export function welcomeSample(sample: MailSample): WelcomeProps {
  return {
    to: sample.to,
    name: sample.name,
    url: sample.appUrl,
    appName: sample.appName,
  };
}
