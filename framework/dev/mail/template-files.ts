import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MailTemplate } from "../../../mail/index.ts";
import { templateFileBroken } from "../errors.ts";

const moduleName = /\.(?:tsx?|jsx?|mjs)$/;
const testName = /\.(?:test|spec|d)\.\w+$/;

/**
 * The templates that modules in these folders export (made with `mailTemplate`), reloaded when a file changes.
 * Throws `DEV_TEMPLATE_FILE_BROKEN` if a module can't be loaded.
 */
export async function readTemplateFiles(folders: readonly string[]): Promise<MailTemplate[]> {
  const files = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => moduleName.test(name) && !testName.test(name) && !name.includes("node_modules"))
      .map((name) => join(folder, name)),
  );
  const exported = await Promise.all(files.sort().filter(definesTemplates).map(exportsOf));
  return exported.flat();
}

// Other modules are not imported: that might do more than define a message.
function definesTemplates(file: string): boolean {
  return readFileSync(file, "utf8").includes('mailTemplate("');
}

async function exportsOf(file: string): Promise<MailTemplate[]> {
  try {
    const url = pathToFileURL(file);
    url.searchParams.set("changed", String(statSync(file).mtimeMs));
    const module: Record<string, unknown> = await import(url.href);
    return Object.values(module).filter(isTemplate);
  } catch (cause) {
    throw templateFileBroken({ file, cause });
  }
}

function isTemplate(value: unknown): value is MailTemplate {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "preview" in value &&
    typeof value.preview === "function"
  );
}
