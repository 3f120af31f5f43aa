import { type ConfigProblem, configInvalid } from "../errors.ts";
import type { Config } from "./config.ts";

const minSecretBytes = 32;
const minDistinctCharacters = 10;
const logLevels: readonly string[] = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
const databaseSchemes = ["sqlite:", "postgres:", "postgresql:", "mysql:"];

/** Every example secret in our docs and templates contains it; a secret that still does was never changed. */
const exampleSecret = "replace-me";

/** Throws a single error that lists everything wrong with the configuration. */
export function checkConfig(config: Config): void {
  const problems = configProblems(config);
  if (problems.length > 0) throw configInvalid({ problems });
}

/** Everything wrong with the configuration, by setting. */
export function configProblems(config: Config): readonly ConfigProblem[] {
  return [
    ...secretProblems(config),
    ...urlProblem({ setting: "databaseUrl", variable: "DATABASE_URL", schemes: databaseSchemes }, config.databaseUrl),
    ...urlProblem({ setting: "redisUrl", variable: "REDIS_URL", schemes: ["redis:", "rediss:"] }, config.redisUrl),
    ...urlProblem({ setting: "smtpUrl", variable: "SMTP_URL", schemes: ["smtp:", "smtps:"] }, config.smtpUrl),
    ...urlProblem({ setting: "appUrl", variable: "APP_URL", schemes: ["http:", "https:"] }, config.appUrl),
    ...appUrlProblems(config),
    ...logLevelProblems(config),
    ...metricsProblems(config),
    ...(config.dev ? [] : productionProblems(config)),
  ];
}

function secretProblems(config: Config): ConfigProblem[] {
  const given = config.authSecret ?? "";
  const secrets = typeof given === "string" ? [given] : given;
  if (secrets.length === 0 || secrets.some((secret) => secret.trim() === "")) {
    return [
      {
        setting: "authSecret",
        text: "authSecret is required (AUTH_SECRET). Run `npx buffkit secret` to generate one.",
      },
    ];
  }
  if (config.dev || secrets.every(isStrong)) return [];
  return [
    {
      setting: "authSecret",
      text: `authSecret is too weak (AUTH_SECRET): use at least ${minSecretBytes} random bytes. Run \`npx buffkit secret\` to generate one.`,
    },
  ];
}

function isStrong(secret: string): boolean {
  if (secret.toLowerCase().includes(exampleSecret)) return false;
  return Buffer.byteLength(secret) >= minSecretBytes && new Set(secret).size >= minDistinctCharacters;
}

/** Forms, files and links in mails begin at the root of the host. */
function appUrlProblems({ appUrl }: Config): ConfigProblem[] {
  if (appUrl === undefined || !URL.canParse(appUrl) || isBareOrigin(new URL(appUrl))) return [];
  const text = `appUrl must be an address without a path (APP_URL), such as ${new URL(appUrl).origin}: the app needs a host of its own, and can't be served below a path.`;
  return [{ setting: "appUrl", text }];
}

function isBareOrigin(url: URL): boolean {
  return url.pathname === "/" && `${url.search}${url.hash}${url.username}${url.password}` === "";
}

function logLevelProblems({ logLevel }: Config): ConfigProblem[] {
  if (logLevel === undefined || logLevels.includes(logLevel)) return [];
  const expected = `${logLevels.slice(0, -1).join(", ")} or ${logLevels.at(-1)}`;
  return [
    { setting: "logLevel", text: `logLevel is invalid (LOG_LEVEL): expected ${expected}, but is "${logLevel}".` },
  ];
}

/** An empty token comes from a variable that isn't set; without a token, everybody could read the metrics. */
function metricsProblems({ metrics }: Config): ConfigProblem[] {
  if (metrics?.token === undefined || metrics.token.trim() !== "") return [];
  const text = "metrics.token is empty. Set it to a secret, or leave it out to let everyone read the metrics.";
  return [{ setting: "metrics", text }];
}

interface UrlSetting {
  readonly setting: string;
  readonly variable: string;
  readonly schemes: readonly string[];
}

function urlProblem(url: UrlSetting, value: string | undefined): ConfigProblem[] {
  const { setting, variable, schemes } = url;
  if (value === undefined || schemes.some((scheme) => isUrl(value, scheme))) return [];
  const expected = schemes.map((scheme) => `${scheme}${scheme === "sqlite:" ? "path" : "//…"}`).join(" or ");
  return [{ setting, text: `${setting} is invalid (${variable}): expected ${expected}.` }];
}

/** What follows `sqlite:` is a path, not necessarily a valid URL. */
function isUrl(value: string, scheme: string): boolean {
  return value.startsWith(scheme) && (scheme === "sqlite:" ? value.length > scheme.length : URL.canParse(value));
}

function productionProblems(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (config.appUrl === undefined) {
    problems.push({
      setting: "appUrl",
      text: "appUrl is required in production (APP_URL), e.g. https://app.example.com.",
    });
  } else if (URL.canParse(config.appUrl) && !isSafeOrigin(new URL(config.appUrl))) {
    problems.push({
      setting: "appUrl",
      text: `appUrl must start with https:// in production (APP_URL), but is ${config.appUrl}.`,
    });
  }
  const canMail = config.smtpUrl !== undefined || config.mail === "log" || config.mail?.sender !== undefined;
  if (!canMail) {
    problems.push({
      setting: "smtpUrl",
      text: 'smtpUrl is required in production (SMTP_URL), e.g. smtps://user:password@mail.example.com. To write mails to the log instead, set `mail: "log"` (MAIL=log).',
    });
  }
  return problems;
}

/** https, or plain http on this machine only, to try out a production build. */
function isSafeOrigin(url: URL): boolean {
  return url.protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}
