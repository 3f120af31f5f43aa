import type { AuthPart } from "../auth.ts";
import type { AuthServices } from "../auth-services.ts";
import { accountPart } from "./account-part.tsx";
import { changeEmailPart } from "./change-email-part.tsx";
import { confirmPasswordPart } from "./confirm-password-part.tsx";
import { loginPart } from "./login-part.tsx";
import { passwordResetPart } from "./password-reset-part.tsx";
import { registerPart } from "./register-part.tsx";
import { secondFactorPart } from "./second-factor-part.tsx";
import { secondStepPart } from "./second-step-part.tsx";
import { verifyEmailPart } from "./verify-email-part.tsx";

/** All account pages, in the order in which they are mounted. */
export function authParts(services: AuthServices): readonly AuthPart[] {
  return [
    loginPart(services),
    secondStepPart(services),
    ...(services.canRegister ? [registerPart(services)] : []),
    passwordResetPart(services),
    verifyEmailPart(services),
    changeEmailPart(services),
    accountPart(services),
    confirmPasswordPart(services),
    secondFactorPart(services),
  ];
}
