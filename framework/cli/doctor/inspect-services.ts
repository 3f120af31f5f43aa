import { createSmtpSender } from "../../../mail/index.ts";
import { reasonOf, silentLogger } from "../../base/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { createJobs } from "../../jobs/index.ts";
import { type Config, configProblems } from "../../kit/index.ts";
import { type Diagnostic, problem } from "./diagnostic.ts";

/** Problems with the configured Redis and mail server. */
export async function inspectServices(config: Config): Promise<readonly Diagnostic[]> {
  const wrong = new Set(configProblems(config).map((found) => found.setting));
  const checks = [
    ...(config.redisUrl && !wrong.has("redisUrl") ? [inspectRedis(config.redisUrl)] : []),
    ...(config.smtpUrl && !wrong.has("smtpUrl") ? [inspectSmtp(config.smtpUrl)] : []),
  ];
  return (await Promise.all(checks)).flat();
}

async function inspectRedis(redisUrl: string): Promise<readonly Diagnostic[]> {
  // Jobs are the first to use Redis when the app starts, and give up within two seconds. They need a database, but don't use it here.
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
