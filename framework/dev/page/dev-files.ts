import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Hono } from "hono";
import { clientFilesMissing } from "../errors.ts";

const types = { "dev.css": "text/css; charset=utf-8", "dev.js": "text/javascript; charset=utf-8" };

/** Serves the style sheet and script of the development pages, read from disk on every request. */
export function mountDevFiles(app: Hono): void {
  const folder = clientFolder();
  for (const [name, type] of Object.entries(types)) {
    app.get(`/__dev/${name}`, async (c) => c.body(await readFile(join(folder, name)), 200, { "Content-Type": type }));
  }
}

/** The `public` folder of this package. The build is one folder deeper than the sources. */
export function clientFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "public");
    if (existsSync(join(candidate, "dev.css"))) return candidate;
  }
  throw clientFilesMissing({ looked: here });
}
