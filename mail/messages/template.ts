import type { Message } from "../message/message.ts";

/** The sample person and app used in previews. */
export interface MailSample {
  readonly to: string;
  readonly name: string;
  readonly appName: string;
  readonly appUrl: string;
}

/** A message with sample data, to preview it without sending it. */
export interface MailTemplate {
  /** Kebab-case, unique within the app. */
  readonly name: string;
  preview(sample: MailSample): Message;
}

/** Makes a message available as a preview: `export const inviteTemplate = mailTemplate("invite", invite, (sample) => ({ … }))`. */
export function mailTemplate<Props>(
  name: string,
  message: (props: Props) => Message,
  sampleProps: (sample: MailSample) => Props,
): MailTemplate {
  return { name, preview: (sample) => message(sampleProps(sample)) };
}
