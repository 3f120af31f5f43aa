import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileExists } from "../../errors.ts";
import type { Project } from "../../project/project.ts";
import type { PlannedFile } from "../plan/generator.ts";

/**
 * A migration whose file name starts with the time (UTC). It always sorts after existing ones, so two created within a second keep
 * their order. Throws `CLI_FILE_EXISTS` if there is one with the same name and another time.
 */
export function migrationFile(project: Project, name: string, text: string): PlannedFile {
  const folder = join(project.root, "migrations");
  const known = existsSync(folder) ? readdirSync(folder) : [];
  const twin = known.find((file) => file.replace(/^\d+_/, "") === `${name}.ts`);
  if (twin !== undefined) throw fileExists({ path: join(folder, twin) });
  const times = known.map((file) => /^(\d{14})_/.exec(file)?.[1] ?? "0").map(Number);
  const now = Number(new Date().toISOString().replace(/\D/g, "").slice(0, 14));
  const time = Math.max(now, ...times.map((other) => other + 1));
  return { path: join(folder, `${time}_${name}.ts`), template: "migration/migration", text };
}
