import { existsSync } from "node:fs";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { configProblems } from "../../kit/index.ts";
import { createCommand } from "../command.ts";
import { endWithParent } from "../end-with-parent.ts";
import { notBuilt, startRefused } from "../errors.ts";
import { inspectConfig } from "../inspect-config.ts";
import { inspectDatabase } from "../inspect-database.ts";
import { builtFiles, readProject } from "../project.ts";
import { type Setting, settingOf } from "../setting.ts";

/** `buffkit start`: runs the production build with the settings of the real environment. */
export const startCommand = createCommand({
  args: {},
  async run() {
    const project = readProject();
    const files = builtFiles(project);
    if (!existsSync(files.main)) throw notBuilt({ file: relative(project.folder, files.main) });
    endWithParent();
    process.env.NODE_ENV = "production";
    const setting = settingOf({ project, files, environment: process.env });
    if (configProblems(setting.config).length > 0) await refuse(setting);
    // What else may be wrong, pending migrations first, the app finds by itself when it opens its database.
    await import(pathToFileURL(files.main).href);
  },
});

/** The environment lacks something; unless the app itself provides it, everything that is wrong is said at once. */
async function refuse(setting: Setting): Promise<void> {
  const problems = await inspectConfig(setting);
  if (problems.length === 0) return;
  const database = await inspectDatabase(setting);
  throw startRefused({ problems: [...problems, ...database].map((finding) => finding.text) });
}
