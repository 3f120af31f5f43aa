import { existsSync } from "node:fs";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { configProblems } from "../../kit/index.ts";
import { endWithParent } from "../dev/end-with-parent.ts";
import { inspectConfig } from "../doctor/inspect-config.ts";
import { inspectDatabase } from "../doctor/inspect-database.ts";
import { notBuilt, startRefused } from "../errors.ts";
import { type CommandContext, createCommandContext } from "../project/command-context.ts";
import { builtFiles, readProject } from "../project/project.ts";
import { createCommand } from "../terminal/command.ts";

/** `buffkit start`: runs the production build with the settings of the real environment. */
export const startCommand = createCommand({
  args: {},
  async run() {
    const project = readProject();
    const files = builtFiles(project);
    if (!existsSync(files.main)) throw notBuilt({ file: relative(project.folder, files.main) });
    endWithParent();
    process.env.NODE_ENV = "production";
    const context = createCommandContext({ project, files, environment: process.env });
    if (configProblems(context.config).length > 0) await refuse(context);
    // The app itself notices everything else, such as pending migrations, when it opens its database.
    await import(pathToFileURL(files.main).href);
  },
});

/** The environment is incomplete. Unless the app's own code provides what is missing, this reports every problem at once. */
async function refuse(context: CommandContext): Promise<void> {
  const problems = await inspectConfig(context);
  if (problems.length === 0) return;
  const database = await inspectDatabase(context);
  throw startRefused({ problems: [...problems, ...database].map(({ text }) => text) });
}
