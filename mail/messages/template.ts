import type { Message } from "../message/message.ts";

/** The made-up person and app that previews show. */
export interface MailSample {
  readonly to: string;
  readonly name: string;
  readonly appName: string;
  readonly appUrl: string;
}

/** A message with sample data, so that it can be looked at without being sent. */
export interface MailTemplate {
  /** Kebab-case, unique in an app. */
  readonly name: string;
  preview(sample: MailSample): Message;
}

/** Makes a message function previewable: `export const inviteTemplate = mailTemplate("invite", invite, (sample) => ({ … }))`. */
export function mailTemplate<Props>(
  name: string,
  message: (props: Props) => Message,
  sampleProps: (sample: MailSample) => Props,
): MailTemplate {
  return { name, preview: (sample) => message(sampleProps(sample)) };
}
