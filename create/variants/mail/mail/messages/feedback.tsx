import { MailHeading, MailText, type Message, mailTemplate } from "buffkit/mail";

export interface FeedbackProps {
  /** The team's address. */
  readonly to: string;
  /** The visitor's address, for replies. */
  readonly from: string;
  readonly text: string;
}

/** Sends a visitor's feedback to the team. */
export function feedbackMail({ to, from, text }: FeedbackProps): Message {
  return {
    to,
    replyTo: from,
    subject: "New feedback",
    html: (
      <>
        <MailHeading>New feedback</MailHeading>
        <MailText>{text}</MailText>
        <MailText>From {from}</MailText>
      </>
    ),
  };
}

export const feedbackTemplate = mailTemplate("feedback", feedbackMail, (sample) => ({
  to: "team@example.com",
  from: sample.to,
  text: "The new page is a joy. Could it be blue?",
}));
