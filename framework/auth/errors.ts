import { KitError } from "../base/index.ts";

/** A guard or page ran without the middleware that sets the user. */
export function authNotInstalled(facts: { path: string }): KitError {
  return new KitError({
    code: "AUTH_NOT_INSTALLED",
    message: `${facts.path} needs to know who is logged in, but auth.middleware() did not run for this request.`,
    hint: "Call app.use(auth.middleware()) before your routes; wire() does this for you.",
  });
}

/** A logged-in user requested a page that requires another role. */
export function roleRequired(facts: { roles: readonly string[]; path: string }): KitError {
  return new KitError({
    code: "AUTH_ROLE_REQUIRED",
    message: `${facts.path} requires one of these roles: ${facts.roles.join(", ")}.`,
    status: 403,
  });
}

/** More passwords are waiting to be hashed than the machine can handle in a reasonable time. */
export function tooManyPasswords(facts: { waiting: number }): KitError {
  return new KitError({
    code: "AUTH_TOO_MANY_PASSWORDS",
    message: `${facts.waiting} passwords are already waiting to be hashed.`,
    hint: "Raise auth.passwords.maxWaiting or add more machines.",
    status: 503,
  });
}

/** The database contains bcrypt digests, but the package to check them is missing. */
export function missingBcrypt(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "AUTH_MISSING_BCRYPT",
    message:
      "A user's password is stored as a bcrypt digest, but @node-rs/bcrypt, which checks those, is not installed.",
    hint: "Run `npm install @node-rs/bcrypt`, or set auth.passwords.verifyBcrypt. Digests are upgraded at the next login.",
    cause: facts.cause,
  });
}

/** `createAuth` got neither a database nor a full set of stores. */
export function missingStores(): KitError {
  return new KitError({
    code: "AUTH_MISSING_STORES",
    message:
      "createAuth needs either db or all five stores: users, sessionStore, tokenStore, auditStore, secondFactorStore.",
  });
}

/** The user to change does not exist. */
export function unknownUser(facts: { id: string }): KitError {
  return new KitError({
    code: "AUTH_UNKNOWN_USER",
    message: `No user has the id ${JSON.stringify(facts.id)}.`,
    status: 404,
  });
}
