import { normalizeEmail } from "../../auth/index.ts";
import { argumentInvalid, userUnconfirmed, userUnknown } from "../errors.ts";
import { openCommandContext } from "../project/command-context.ts";
import { loadApp } from "../project/load-app.ts";
import { createCommand } from "../terminal/command.ts";
import { print, printJson } from "../terminal/print.ts";

/** `buffkit user:role`: gives a user a role, such as the first admin's. */
export const userRoleCommand = createCommand({
  args: {
    email: { type: "positional", description: "The email address of an account" },
    role: { type: "positional", description: "The role, as in RequireRole: admin, member, …" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ email, role, json }) {
    if (!/^[\w-]{1,50}$/.test(role))
      throw argumentInvalid({ name: "<role>", value: role, expected: "letters, digits, - and _" });
    const { kit } = await loadApp(await openCommandContext(), { logLevel: "silent", worker: false });
    try {
      const user = await kit.auth.users.findByEmail(normalizeEmail(email));
      if (!user) throw userUnknown({ email });
      // The person who registered an address might not own it.
      if (user.emailVerifiedAt === null) throw userUnconfirmed({ email: user.email });
      const isNew = user.role !== role;
      if (isNew) await kit.auth.changeRole(user.id, role);
      if (json) printJson({ email: user.email, role, before: user.role });
      else if (isNew) print(`${user.email} is now ${role} (was ${user.role}). They have to log in again.`);
      else print(`${user.email} is already ${role}.`);
    } finally {
      await kit.close();
    }
  },
});
