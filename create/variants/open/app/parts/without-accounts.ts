import type { Part } from "buffkit";

const accountPages = ["login", "register", "password-reset", "verify-email", "account", "confirm-password"];

/** Nobody has an account here: empty parts take the places of the built-in pages for them. Remove this to have log-ins. */
export const withoutAccounts: readonly Part[] = accountPages.map((name) => ({ name, mount: () => undefined }));
