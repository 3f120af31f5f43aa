import { defaultHost, defaultPort } from "../../base/index.ts";
import { durationInvalid, portInvalid } from "../errors.ts";
import type { ServeOptions } from "../serve.ts";
import type { Config } from "./config.ts";

/** The settings from the environment. Spread the rest of your configuration over it. */
export function configFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Config {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const secrets = value("AUTH_SECRET")
    ?.split(",")
    .map((secret) => secret.trim());
  const port = value("PORT") ?? defaultPort;
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
    // `buffkit dev` sets it on its first start only: saving a file must not apply a migration that is still being written.
    ...(value("BUFFKIT_MIGRATE") === undefined ? {} : { migrate: value("BUFFKIT_MIGRATE") === "1" }),
  };
}

/**
 * How to serve, from the environment: PORT (default: 3000), HOST (default: 127.0.0.1; in a container use 0.0.0.0), and GRACE_MS,
 * LAME_DUCK_MS, KEEP_ALIVE_MS and REQUEST_TIMEOUT_MS, whose defaults are those of `serve`. Throws `KIT_PORT_INVALID` and `KIT_DURATION_INVALID`.
 */
export function serveOptionsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): ServeOptions {
  const given = environment.PORT?.trim();
  const port = Number(given || defaultPort);
  if (given && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) throw portInvalid({ given });
  return {
    port,
    host: environment.HOST || defaultHost,
    ...readDuration(environment, "GRACE_MS", "graceMs"),
    ...readDuration(environment, "LAME_DUCK_MS", "lameDuckMs"),
    ...readDuration(environment, "KEEP_ALIVE_MS", "keepAliveMs"),
    ...readDuration(environment, "REQUEST_TIMEOUT_MS", "requestTimeoutMs"),
  };
}

function readDuration(
  environment: Readonly<Record<string, string | undefined>>,
  variable: string,
  option: "graceMs" | "lameDuckMs" | "keepAliveMs" | "requestTimeoutMs",
): Pick<ServeOptions, typeof option> {
  const given = environment[variable]?.trim();
  if (!given) return {};
  if (!/^\d{1,9}$/.test(given)) throw durationInvalid({ variable, given });
  return { [option]: Number(given) };
}

function trustFrom(value: string | undefined): boolean | string | undefined {
  if (value === undefined || value === "false") return undefined;
  return value === "true" ? true : value;
}
