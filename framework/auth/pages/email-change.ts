import type { AuthServices } from "../auth-services.ts";
import type { User } from "../users/user.ts";
import { sendEmailChange, sendEmailChangeApproval } from "./auth-mails.tsx";

/** Begins a change: asks the present address, or, where that was never confirmed, the new one. A change begun before is over. */
export async function askForChange(services: AuthServices, user: User, email: string): Promise<void> {
  if (user.emailVerifiedAt === null) return askNewAddress(services, user, email);
  await endEarlierLink(services, user, email);
  await sendEmailChangeApproval(services, user, email);
}

/** Asks at the new address; where it is another account's, nobody is asked. */
export async function askNewAddress(services: AuthServices, user: User, email: string): Promise<void> {
  if (!(await services.users.findByEmail(email))) await sendEmailChange(services, user, email);
  // A link to another address would otherwise live on for a taken one only, and tell that it is taken.
  else await endEarlierLink(services, user, email);
}

/** A link that nobody gets takes the place of the one that was sent to a new address. */
async function endEarlierLink({ tokens }: AuthServices, user: User, email: string): Promise<void> {
  await tokens.create({ userId: user.id, purpose: "change-email", email });
}
