import { reasonOf } from "../../base/index.ts";
import { configProblems } from "../../kit/index.ts";
import type { CommandContext } from "../project/command-context.ts";
import { loadApp } from "../project/load-app.ts";
import { type Diagnostic, problem } from "./diagnostic.ts";

/**
 * What is wrong with the configuration. The environment is judged first; where it lacks something the app is asked, since its own
 * code may provide that (a mail sender, say): it is built on a database in memory, and its refusal lists what is really wrong.
 */
export async function inspectConfig(context: CommandContext): Promise<readonly Diagnostic[]> {
  const found = configProblems(context.config).map(({ setting: about, text }) => problem(about, text));
  if (found.length === 0) return [];
  const isDatabaseUrlWrong = found.some(({ about }) => about === "databaseUrl");
  const isRedisUrlWrong = found.some(({ about }) => about === "redisUrl");
  try {
    const { kit } = await loadApp(context, {
      ...(isDatabaseUrlWrong ? {} : { databaseUrl: "sqlite::memory:" }),
      ...(isRedisUrlWrong ? {} : { redisUrl: undefined }),
      logLevel: "silent",
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
