import { approveEmailChange, approveEmailChangeSample } from "./approve-email-change.tsx";
import { confirmEmailChange, confirmEmailChangeSample } from "./confirm-email-change.tsx";
import { emailChanged, emailChangedSample } from "./email-changed.tsx";
import { passwordChanged, passwordChangedSample } from "./password-changed.tsx";
import { resetPassword, resetPasswordSample } from "./reset-password.tsx";
import { type MailTemplate, mailTemplate } from "./template.ts";
import { verifyEmail, verifyEmailSample } from "./verify-email.tsx";
import { welcome, welcomeSample } from "./welcome.tsx";

/** The messages the framework sends. Apps can replace them: `createMail({ messages: { welcome: … } })`. */
export interface MailMessages {
  readonly verifyEmail: typeof verifyEmail;
  readonly resetPassword: typeof resetPassword;
  readonly passwordChanged: typeof passwordChanged;
  readonly approveEmailChange: typeof approveEmailChange;
  readonly confirmEmailChange: typeof confirmEmailChange;
  readonly emailChanged: typeof emailChanged;
  readonly welcome: typeof welcome;
}

/** The built-in messages. */
export const defaultMessages: MailMessages = {
  verifyEmail,
  resetPassword,
  passwordChanged,
  approveEmailChange,
  confirmEmailChange,
  emailChanged,
  welcome,
};

/** Returns the messages with sample data, for previews. */
export function templatesOf(messages: MailMessages): MailTemplate[] {
  return [
    mailTemplate("verify-email", messages.verifyEmail, verifyEmailSample),
    mailTemplate("reset-password", messages.resetPassword, resetPasswordSample),
    mailTemplate("password-changed", messages.passwordChanged, passwordChangedSample),
    mailTemplate("approve-email-change", messages.approveEmailChange, approveEmailChangeSample),
    mailTemplate("confirm-email-change", messages.confirmEmailChange, confirmEmailChangeSample),
    mailTemplate("email-changed", messages.emailChanged, emailChangedSample),
    mailTemplate("welcome", messages.welcome, welcomeSample),
  ];
}
