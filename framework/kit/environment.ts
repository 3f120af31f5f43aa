import type { Config } from "./config.ts";
import type { ServeOptions } from "./serve.ts";

/** The settings that the environment gives; spread the rest of the configuration over it. */
export function configFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Config {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const secrets = value("AUTH_SECRET")
    ?.split(",")
    .map((secret) => secret.trim());
  const port = value("PORT") ?? "3000";
  const dev = value("NODE_ENV") === "development";
  return {
    dev,
    authSecret: secrets?.length === 1 ? secrets[0] : secrets,
    databaseUrl: value("DATABASE_URL"),
    redisUrl: value("REDIS_URL"),
    smtpUrl: value("SMTP_URL"),
    appUrl: value("APP_URL") ?? (dev ? `http://localhost:${port}` : undefined),
    trustProxy: trustFrom(value("TRUST_PROXY")),
    logLevel: value("LOG_LEVEL"),
    mailFrom: value("MAIL_FROM"),
    ...(value("MAIL") === "log" ? { mail: "log" } : {}),
    // Set by `buffkit dev` at its first start only: a migration that is being written is not applied by saving the file.
    ...(value("BUFFKIT_MIGRATE") === undefined ? {} : { migrate: value("BUFFKIT_MIGRATE") === "1" }),
  };
}

/** Where to listen, as the environment says: PORT (3000) and HOST (127.0.0.1; containers want 0.0.0.0). */
export function serveOptionsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): ServeOptions {
  return { port: Number(environment.PORT || 3000), host: environment.HOST || "127.0.0.1" };
}

function trustFrom(value: string | undefined): boolean | string | undefined {
  if (value === undefined || value === "false") return undefined;
  return value === "true" ? true : value;
}
