import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { type Project, sourceFiles } from "../../project/project.ts";

/** The file with `createApp`: `app.tsx` or `app.ts` beside the main module. */
export function appModule(project: Project): string {
  const { app } = sourceFiles(project);
  return [".tsx", ".ts"].map((ending) => app + ending).find(existsSync) ?? `${app}.tsx`;
}

/** How a file in this folder imports the module with `createApp`. */
export function appImport(project: Project, folder: string): string {
  const path = relative(folder, appModule(project)).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Whether the app has no log-in: its module says `auth: false`. */
export function isWithoutAccounts(project: Project): boolean {
  const file = appModule(project);
  return existsSync(file) && /\bauth: false\b/.test(readFileSync(file, "utf8"));
}
