import { KitError } from "../base/index.ts";

/** The development part was mounted in production. */
export function devInProduction(): KitError {
  return new KitError({
    code: "DEV_IN_PRODUCTION",
    message: "The development pages were mounted, but NODE_ENV is production.",
    hint: "Mount them only when `config.dev` is true: they show mails, errors and source code to everyone.",
  });
}

/** The installation lacks the files of the development pages. */
export function clientFilesMissing(facts: { looked: string }): KitError {
  return new KitError({
    code: "DEV_CLIENT_FILES_MISSING",
    message: `public/dev.css wasn't found in any folder above ${facts.looked}.`,
    hint: "The package seems to be incomplete. Reinstall it.",
  });
}

/** A file with mail templates can't be loaded. */
export function templateFileBroken(facts: { file: string; cause: unknown }): KitError {
  const reason = facts.cause instanceof Error ? facts.cause.message : String(facts.cause);
  return new KitError({
    code: "DEV_TEMPLATE_FILE_BROKEN",
    message: `The templates in ${facts.file} couldn't be loaded: ${reason}`,
    cause: facts.cause,
  });
}
