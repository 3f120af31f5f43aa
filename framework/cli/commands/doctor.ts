import { reasonOf } from "../../base/index.ts";
import { csrfExemptRoutes } from "../doctor/csrf-exempt-routes.ts";
import { type Diagnostic, note, problem } from "../doctor/diagnostic.ts";
import { inspectConfig } from "../doctor/inspect-config.ts";
import { inspectDatabase } from "../doctor/inspect-database.ts";
import { inspectServices } from "../doctor/inspect-services.ts";
import { type CommandContext, openCommandContext } from "../project/command-context.ts";
import { inspectionConfig, loadApp } from "../project/load-app.ts";
import { createCommand } from "../terminal/command.ts";
import { formatRows } from "../terminal/format-rows.ts";
import { print, printJson, printProgress } from "../terminal/print.ts";

/** `buffkit doctor`: reports every problem at once; exit code 1 if there are any. */
export const doctorCommand = createCommand({
  args: {
    deploy: { type: "boolean", description: "Check as production: the build and the real environment, without .env" },
    json: { type: "boolean", description: "Print the findings as JSON" },
  },
  async run({ deploy, json }) {
    const context = await openCommandContext({ isDeploy: deploy });
    const mode = context.config.dev ? "development" : "production";
    if (!json) printProgress(`Checking ${context.project.folder} (${mode}) …`);
    const findings = await inspect(context);
    const isHealthy = !findings.some(({ kind }) => kind === "problem");
    if (json) printJson({ ok: isHealthy, mode, findings });
    else print(formatFindings(findings));
    // The app's own code may keep something open.
    process.exit(isHealthy ? 0 : 1);
  },
});

async function inspect(context: CommandContext): Promise<readonly Diagnostic[]> {
  const [config, database, services] = await Promise.all([
    inspectConfig(context),
    inspectDatabase(context),
    inspectServices(context.config),
  ]);
  const isBuildMissing = !context.config.dev && !context.files.isBuilt;
  const build = isBuildMissing ? [problem("build", "There is no build in dist/. Run `npm run build`.")] : [];
  return [...build, ...config, ...noteSettings(context), ...database, ...services, ...(await inspectRoutes(context))];
}

function noteSettings({ config, environment }: CommandContext): readonly Diagnostic[] {
  const isPlain = config.appUrl?.startsWith("http://") ?? false;
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(config.appUrl ?? "");
  return [
    ...(isPlain && !(config.dev && isLocal)
      ? [note("appUrl", `APP_URL is ${config.appUrl}: without https, session cookies are sent unencrypted.`)]
      : []),
    ...(config.dev ? [] : noteProduction({ config, environment })),
  ];
}

function noteProduction({
  config,
  environment,
}: Pick<CommandContext, "config" | "environment">): readonly Diagnostic[] {
  return [
    ...(config.databaseUrl === undefined
      ? [
          note(
            "databaseUrl",
            "DATABASE_URL isn't set: data is stored in the file data/app.db. Keep it on a persistent disk.",
          ),
        ]
      : []),
    ...(config.trustProxy === true
      ? [
          note(
            "trustProxy",
            "TRUST_PROXY=true trusts every proxy on loopback and private networks. List their addresses instead.",
          ),
        ]
      : []),
    ...(config.mail === "log" ? [note("mail", "MAIL=log: emails are only written to the log, not sent.")] : []),
    ...(environment.AUTH_SECRET?.includes(",")
      ? [note("authSecret", "AUTH_SECRET lists more than one secret. Remove the old ones once the rotation is done.")]
      : []),
  ];
}

async function inspectRoutes(context: CommandContext): Promise<readonly Diagnostic[]> {
  try {
    const loaded = await loadApp(context, inspectionConfig(false));
    try {
      const routes = await csrfExemptRoutes(loaded);
      return routes.map((route) =>
        note("csrf", `Other sites can call ${route}: it has to authenticate callers itself.`),
      );
    } finally {
      await loaded.kit.close();
    }
  } catch (error) {
    return [problem("app", `The app can't be built: ${reasonOf(error)}`)];
  }
}

function formatFindings(findings: readonly Diagnostic[]): string {
  if (findings.length === 0) return "No problems found.";
  const rows = findings.map(({ kind, about, text }) => [kind, about, text]);
  const count = findings.filter(({ kind }) => kind === "problem").length;
  const summary = count === 0 ? "No problems found." : count === 1 ? "1 problem found." : `${count} problems found.`;
  return `${formatRows(rows)}\n\n${summary}`;
}
