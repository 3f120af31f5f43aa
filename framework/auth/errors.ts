import { KitError } from "../base/index.ts";

/** A guard or page was reached without the middleware that knows who is asking. */
export function authNotInstalled(facts: { path: string }): KitError {
  return new KitError({
    code: "AUTH_NOT_INSTALLED",
    message: `${facts.path} asks who is logged in, but auth.middleware() did not see this request.`,
    hint: "Put app.use(auth.middleware()) before the routes; wire() does so.",
  });
}

/** A logged-in user asked for what only others may see. */
export function roleRequired(facts: { roles: readonly string[]; path: string }): KitError {
  return new KitError({
    code: "AUTH_ROLE_REQUIRED",
    message: `${facts.path} is open to ${facts.roles.join(", ")} only.`,
    status: 403,
  });
}

/** More passwords wait to be checked than the machine can check in a reasonable time. */
export function tooManyPasswords(facts: { waiting: number }): KitError {
  return new KitError({
    code: "AUTH_TOO_MANY_PASSWORDS",
    message: `${facts.waiting} passwords are waiting to be checked already.`,
    hint: "Raise auth.passwords.maxWaiting, or add machines.",
    status: 503,
  });
}

/** The database has bcrypt digests and nothing to check them with. */
export function missingBcrypt(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "AUTH_MISSING_BCRYPT",
    message: "A user's password is stored as a bcrypt digest, and the package that checks those is not installed.",
    hint: "Run `npm install @node-rs/bcrypt`, or give auth.passwords.verifyBcrypt. Digests are upgraded at log-in.",
    cause: facts.cause,
  });
}

/** Neither a database nor stores of the app's own were given. */
export function missingStores(): KitError {
  return new KitError({
    code: "AUTH_MISSING_STORES",
    message: "createAuth needs either db or all of users, sessions, tokens, audit and second factors.",
  });
}

/** The user to change is not there. */
export function unknownUser(facts: { id: string }): KitError {
  return new KitError({
    code: "AUTH_UNKNOWN_USER",
    message: `There is no user with the id ${JSON.stringify(facts.id)}.`,
    status: 404,
  });
}
