import { createSmtpSender } from "../../../mail/index.ts";
import { reasonOf, silentLogger } from "../../base/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { createJobs } from "../../jobs/index.ts";
import { type Config, configProblems } from "../../kit/index.ts";
import { type Diagnostic, problem } from "./diagnostic.ts";

/** Whether the Redis and the mail server that the settings name can be used. */
export async function inspectServices(config: Config): Promise<readonly Diagnostic[]> {
  const wrong = new Set(configProblems(config).map((found) => found.setting));
  const checks = [
    ...(config.redisUrl && !wrong.has("redisUrl") ? [inspectRedis(config.redisUrl)] : []),
    ...(config.smtpUrl && !wrong.has("smtpUrl") ? [inspectSmtp(config.smtpUrl)] : []),
  ];
  return (await Promise.all(checks)).flat();
}

async function inspectRedis(redisUrl: string): Promise<readonly Diagnostic[]> {
  // The jobs are the first to use it when the app starts, and they refuse within two seconds; the database is there for its type alone.
  const db: Database = await openDatabase("sqlite::memory:", { log: silentLogger });
  try {
    const jobs = await createJobs({ db, redisUrl, log: silentLogger });
    await jobs.close();
    return [];
  } catch (error) {
    return [problem("redis", reasonOf(error))];
  } finally {
    await db.destroy();
  }
}

async function inspectSmtp(smtpUrl: string): Promise<readonly Diagnostic[]> {
  try {
    const sender = createSmtpSender(smtpUrl, { timeoutMs: 5_000 });
    try {
      await sender.verify?.();
    } finally {
      await sender.close?.();
    }
    return [];
  } catch (error) {
    return [problem("mail", `SMTP_URL: ${reasonOf(error)}`)];
  }
}
