import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { cannotWrite, folderNotEmpty, notAFolder } from "./errors.ts";
import type { PlannedFile } from "./plan-files.ts";

/** Throws if the folder isn't empty. `.git` and `.DS_Store` don't count. */
export function checkFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw notAFolder({ folder });
  const found = readdirSync(folder).filter((name) => name !== ".git" && name !== ".DS_Store");
  if (found.length > 0) throw folderNotEmpty({ folder, found });
}

/** The folder of a new app: written next to its destination and moved there once it's complete, or not at all. */
export class ProjectFolder {
  readonly #folder: string;
  readonly #existed: boolean;
  #topFolder: string | undefined;
  #staging: string | undefined;
  #moved: readonly string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    this.#existed = existsSync(folder);
  }

  /** Writes all files and moves them into place. Throws a `CreateError` if it can't. */
  write(files: readonly PlannedFile[]): void {
    try {
      const parent = dirname(this.#folder);
      this.#topFolder = mkdirSync(parent, { recursive: true });
      this.#staging = mkdtempSync(join(parent, `.${basename(this.#folder)}-`));
      for (const { path, text } of files) writeOne(this.#staging, path, text);
      this.#moveIntoPlace(this.#staging);
      this.#staging = undefined;
    } catch (error) {
      this.remove();
      throw cannotWrite({ folder: this.#folder, cause: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Removes everything that was created here, and nothing else. */
  remove(): void {
    if (this.#staging) rmSync(this.#staging, { recursive: true, force: true });
    if (!this.#existed) rmSync(this.#folder, { recursive: true, force: true });
    else for (const name of this.#moved) rmSync(join(this.#folder, name), { recursive: true, force: true });
    if (this.#topFolder) rmSync(this.#topFolder, { recursive: true, force: true });
  }

  #moveIntoPlace(staging: string): void {
    // mkdtemp makes a private folder; the app's folder gets the user's usual permissions.
    chmodSync(staging, 0o777 & ~process.umask());
    if (!this.#existed) {
      renameSync(staging, this.#folder);
      return;
    }
    const names = readdirSync(staging);
    // Includes what an install adds.
    this.#moved = [...names, "node_modules", "package-lock.json"];
    for (const name of names) renameSync(join(staging, name), join(this.#folder, name));
    rmSync(staging, { recursive: true });
  }
}

function writeOne(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, path === ".env" ? { mode: 0o600 } : {});
}
