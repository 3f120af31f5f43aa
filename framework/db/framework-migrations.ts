import { fileURLToPath } from "node:url";

/** The folder of the framework's own migrations, beside its source and beside its build alike; the first of a migrator's `folders`. */
export function frameworkMigrations(): string {
  return fileURLToPath(new URL("../../migrations", import.meta.url));
}
