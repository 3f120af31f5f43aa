/** Something that keeps the app from being made, told to the person: what is wrong, and what to do. */
export class Refusal extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "Refusal";
    this.hint = hint;
  }
}

export function badName({ name, reason }: { name: string; reason: string }): Refusal {
  return new Refusal(
    `"${name}" cannot be the app's name: ${reason}.`,
    "Lower-case letters, digits, dots, dashes and underscores do, e.g. my-app.",
  );
}

export function folderNotEmpty({ folder, found }: { folder: string; found: readonly string[] }): Refusal {
  const some = found.slice(0, 3).join(", ");
  return new Refusal(
    `${folder} is not empty: it has ${some}${found.length > 3 ? " and more" : ""}.`,
    "Choose another name, or empty the folder first. Nothing was changed.",
  );
}

export function notAFolder({ folder }: { folder: string }): Refusal {
  return new Refusal(`${folder} is a file.`, "Choose another name. Nothing was changed.");
}

export function boardNeedsLogin(): Refusal {
  return new Refusal(
    "The live board cannot be had without log-in: it shows who did what.",
    "Leave out --no-login, or leave out --board.",
  );
}

export function badArguments({ problem }: { problem: string }): Refusal {
  return new Refusal(problem, "npm create buffkit@latest -- --help shows what there is.");
}

export function cannotWrite({ folder, cause }: { folder: string; cause: string }): Refusal {
  return new Refusal(`${folder} cannot be written: ${cause}`, "Check the rights and the space on that disk.");
}

export function cancelled(): Refusal {
  return new Refusal("Cancelled.", "Nothing was left behind.");
}

export function installFailed({ manager, output }: { manager: string; output: string }): Refusal {
  const isCompiler = /gyp ERR|node-gyp|not found: make/i.test(output);
  return new Refusal(
    `\`${manager} install\` did not succeed:\n${output.trim().split("\n").slice(-15).join("\n")}`,
    isCompiler
      ? "The SQLite driver needs a compiler on Node 20 where no ready-made one can be fetched: install build-essential and python3\n(macOS: xcode-select --install), or use Node 22 or newer. The app is there; only its packages are missing."
      : `The app is there; only its packages are missing. Run \`${manager} install\` in it once the reason is gone.`,
  );
}
