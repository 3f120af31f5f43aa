import { reasonOf } from "../../base/index.ts";
import { createCommand } from "../command.ts";
import { csrfExemptRoutes } from "../csrf-exempt-routes.ts";
import { type Finding, note, problem } from "../finding.ts";
import { formatRows } from "../format-rows.ts";
import { inspectConfig } from "../inspect-config.ts";
import { inspectDatabase } from "../inspect-database.ts";
import { inspectServices } from "../inspect-services.ts";
import { loadApp, lookingOnly } from "../load-app.ts";
import { print, printJson, printProgress } from "../print.ts";
import { openSetting, type Setting } from "../setting.ts";

/** `buffkit doctor`: everything that is wrong, at once; exit code 1 when there is a problem. */
export const doctorCommand = createCommand({
  args: {
    deploy: { type: "boolean", description: "Judge as production: the build, the real environment, no .env" },
    json: { type: "boolean", description: "Print the findings as JSON" },
  },
  async run({ deploy, json }) {
    const setting = await openSetting({ isDeploy: deploy });
    const mode = setting.config.dev ? "development" : "production";
    if (!json) printProgress(`Looking at ${setting.project.folder} as ${mode} …`);
    const findings = await inspect(setting);
    const isWell = !findings.some(({ kind }) => kind === "problem");
    if (json) printJson({ ok: isWell, mode, findings });
    else print(formatFindings(findings));
    // An app that was only looked at may hold on to something of its own.
    process.exit(isWell ? 0 : 1);
  },
});

async function inspect(setting: Setting): Promise<readonly Finding[]> {
  const [config, database, services] = await Promise.all([
    inspectConfig(setting),
    inspectDatabase(setting),
    inspectServices(setting.config),
  ]);
  const isBuildMissing = !setting.config.dev && !setting.files.isBuilt;
  const build = isBuildMissing ? [problem("build", "There is no build in dist/; `npm run build` makes it.")] : [];
  return [...build, ...config, ...noteSettings(setting), ...database, ...services, ...(await inspectRoutes(setting))];
}

function noteSettings({ config, environment }: Setting): readonly Finding[] {
  const isPlain = config.appUrl?.startsWith("http://") ?? false;
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(config.appUrl ?? "");
  return [
    ...(isPlain && !(config.dev && isLocal)
      ? [note("appUrl", `APP_URL is ${config.appUrl}: without https, log-in cookies travel in the clear.`)]
      : []),
    ...(config.dev ? [] : noteProduction({ config, environment })),
  ];
}

function noteProduction({ config, environment }: Pick<Setting, "config" | "environment">): readonly Finding[] {
  return [
    ...(config.databaseUrl === undefined
      ? [note("databaseUrl", "DATABASE_URL is not set: rows go to the file data/app.db. Keep it on a disk that lasts.")]
      : []),
    ...(config.trustProxy === true
      ? [
          note(
            "trustProxy",
            "TRUST_PROXY=true believes proxies on loopback and private networks; name their addresses instead.",
          ),
        ]
      : []),
    ...(config.mail === "log" ? [note("mail", "MAIL=log: mails are written to the log and reach nobody.")] : []),
    ...(environment.AUTH_SECRET?.includes(",")
      ? [note("authSecret", "AUTH_SECRET lists more than one secret; take the old ones out once they are rotated.")]
      : []),
  ];
}

async function inspectRoutes(setting: Setting): Promise<readonly Finding[]> {
  try {
    const loaded = await loadApp(setting, lookingOnly(false));
    try {
      const routes = await csrfExemptRoutes(loaded);
      return routes.map((route) =>
        note("csrf", `${route} may be called by other sites; it must prove its caller itself.`),
      );
    } finally {
      await loaded.kit.close();
    }
  } catch (error) {
    return [problem("app", `The app cannot be built: ${reasonOf(error)}`)];
  }
}

function formatFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return "Nothing is wrong.";
  const rows = findings.map(({ kind, about, text }) => [kind, about, text]);
  const count = findings.filter(({ kind }) => kind === "problem").length;
  const sum = count === 0 ? "No problems." : count === 1 ? "1 problem." : `${count} problems.`;
  return `${formatRows(rows)}\n\n${sum}`;
}
