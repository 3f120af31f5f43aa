/** Why the app can't be created, and what to do about it, in words for the user. */
export class CreateError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "CreateError";
    this.hint = hint;
  }
}

export function badName({ name, reason }: { name: string; reason: string }): CreateError {
  return new CreateError(
    `"${name}" isn't a valid name for an app: ${reason}.`,
    "Use lowercase letters, digits, dots, dashes and underscores, for example my-app.",
  );
}

export function folderNotEmpty({ folder, found }: { folder: string; found: readonly string[] }): CreateError {
  const some = found.slice(0, 3).join(", ");
  return new CreateError(
    `${folder} is not empty: it contains ${some}${found.length > 3 ? " and more" : ""}.`,
    "Choose another name, or empty the folder first. Nothing was changed.",
  );
}

export function notAFolder({ folder }: { folder: string }): CreateError {
  return new CreateError(`${folder} is a file.`, "Choose another name. Nothing was changed.");
}

export function boardNeedsLogin(): CreateError {
  return new CreateError(
    "The live board needs accounts: it shows who did what.",
    "Remove either --no-login or --board.",
  );
}

export function badArguments({ problem }: { problem: string }): CreateError {
  return new CreateError(problem, "Run npm create buffkit@latest -- --help for all options.");
}

export function takenByNpm({ name, flags }: { name: string | undefined; flags: readonly string[] }): CreateError {
  const written = [...(name === undefined ? [] : [name]), "--", ...flags].join(" ");
  return new CreateError(
    `npm took ${flags.join(" and ")} for itself, so create-buffkit never saw ${flags.length === 1 ? "it" : "them"}.`,
    `Options go after --. Write: npm create buffkit@latest ${written}`,
  );
}

export function cannotWrite({ folder, cause }: { folder: string; cause: string }): CreateError {
  return new CreateError(`Can't write to ${folder}: ${cause}`, "Check the permissions and the free disk space.");
}

export function canceled(): CreateError {
  return new CreateError("Canceled.", "Nothing was created.");
}

export function installFailed({ manager, output }: { manager: string; output: string }): CreateError {
  const isCompiler = /gyp ERR|node-gyp|not found: make/i.test(output);
  return new CreateError(
    `\`${manager} install\` failed:\n${output.trim().split("\n").slice(-15).join("\n")}`,
    isCompiler
      ? "On Node 20 the SQLite driver has to be compiled if no prebuilt binary can be downloaded: install build-essential and python3\n(macOS: xcode-select --install), or use Node 22 or newer. The app was created; only its packages are missing."
      : `The app was created; only its packages are missing. Fix the problem, then run \`${manager} install\` in its folder.`,
  );
}
