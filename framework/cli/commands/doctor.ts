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

/** `buffkit doctor`: everything that is wrong, at once; exit code 1 when there is a problem. */
export const doctorCommand = createCommand({
  args: {
    deploy: { type: "boolean", description: "Judge as production: the build, the real environment, no .env" },
    json: { type: "boolean", description: "Print the findings as JSON" },
  },
  async run({ deploy, json }) {
    const context = await openCommandContext({ isDeploy: deploy });
    const mode = context.config.dev ? "development" : "production";
    if (!json) printProgress(`Looking at ${context.project.folder} as ${mode} …`);
    const findings = await inspect(context);
    const isWell = !findings.some(({ kind }) => kind === "problem");
    if (json) printJson({ ok: isWell, mode, findings });
    else print(formatFindings(findings));
    // An app that was only looked at may hold on to something of its own.
    process.exit(isWell ? 0 : 1);
  },
});

async function inspect(context: CommandContext): Promise<readonly Diagnostic[]> {
  const [config, database, services] = await Promise.all([
    inspectConfig(context),
    inspectDatabase(context),
    inspectServices(context.config),
  ]);
  const isBuildMissing = !context.config.dev && !context.files.isBuilt;
  const build = isBuildMissing ? [problem("build", "There is no build in dist/; `npm run build` makes it.")] : [];
  return [...build, ...config, ...noteSettings(context), ...database, ...services, ...(await inspectRoutes(context))];
}

function noteSettings({ config, environment }: CommandContext): readonly Diagnostic[] {
  const isPlain = config.appUrl?.startsWith("http://") ?? false;
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(config.appUrl ?? "");
  return [
    ...(isPlain && !(config.dev && isLocal)
      ? [note("appUrl", `APP_URL is ${config.appUrl}: without https, log-in cookies travel in the clear.`)]
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

async function inspectRoutes(context: CommandContext): Promise<readonly Diagnostic[]> {
  try {
    const loaded = await loadApp(context, inspectionConfig(false));
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

function formatFindings(findings: readonly Diagnostic[]): string {
  if (findings.length === 0) return "Nothing is wrong.";
  const rows = findings.map(({ kind, about, text }) => [kind, about, text]);
  const count = findings.filter(({ kind }) => kind === "problem").length;
  const sum = count === 0 ? "No problems." : count === 1 ? "1 problem." : `${count} problems.`;
  return `${formatRows(rows)}\n\n${sum}`;
}
