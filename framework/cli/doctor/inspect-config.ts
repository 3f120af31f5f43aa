import { reasonOf } from "../../base/index.ts";
import { configProblems } from "../../kit/index.ts";
import type { CommandContext } from "../project/command-context.ts";
import { loadApp } from "../project/load-app.ts";
import { type Diagnostic, problem } from "./diagnostic.ts";

/**
 * Problems with the configuration. The environment is checked first. If something is missing there, the app's own code may provide it
 * (a mail sender, say), so the app is built on an in-memory database, and the error it throws lists the actual problems.
 */
export async function inspectConfig(context: CommandContext): Promise<readonly Diagnostic[]> {
  const found = configProblems(context.config).map(({ setting: about, text }) => problem(about, text));
  if (found.length === 0) return [];
  const isDatabaseUrlWrong = found.some(({ about }) => about === "databaseUrl");
  const isRedisUrlWrong = found.some(({ about }) => about === "redisUrl");
  const isLogLevelWrong = found.some(({ about }) => about === "logLevel");
  try {
    const { kit } = await loadApp(context, {
      ...(isDatabaseUrlWrong ? {} : { databaseUrl: "sqlite::memory:" }),
      ...(isRedisUrlWrong ? {} : { redisUrl: undefined }),
      ...(isLogLevelWrong ? {} : { logLevel: "silent" }),
      worker: false,
    });
    await kit.close();
    return [];
  } catch (error) {
    const refused = reasonOf(error);
    const confirmed = found.filter(({ text }) => refused.includes(text));
    return confirmed.length > 0 ? confirmed : found;
  }
}
