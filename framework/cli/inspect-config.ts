import { reasonOf } from "../base/index.ts";
import { configProblems } from "../kit/index.ts";
import { type Finding, problem } from "./finding.ts";
import { loadApp } from "./load-app.ts";
import type { Setting } from "./setting.ts";

/**
 * What is wrong with the configuration. The environment is judged first; where it lacks something the app is asked, since its own
 * code may provide that (a mail sender, say): it is built on a database in memory, and its refusal lists what is really wrong.
 */
export async function inspectConfig(setting: Setting): Promise<readonly Finding[]> {
  const found = configProblems(setting.config).map(({ setting: about, text }) => problem(about, text));
  if (found.length === 0) return [];
  const isDatabaseUrlWrong = found.some(({ about }) => about === "databaseUrl");
  const isRedisUrlWrong = found.some(({ about }) => about === "redisUrl");
  try {
    const { kit } = await loadApp(setting, {
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
