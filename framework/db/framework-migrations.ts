import { join } from "node:path";
import { codeFolder } from "../base/index.ts";

/** The folder of the framework's own migrations, beside its source and beside its build alike; the first of a migrator's `folders`. */
export function frameworkMigrations(): string {
  return join(codeFolder(), "migrations");
}
