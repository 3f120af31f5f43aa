import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { defaultHost, defaultPort } from "../../base/index.ts";
import { CrashPageServer } from "../dev/crash-page-server.ts";
import { endWithParent } from "../dev/end-with-parent.ts";
import { firstFreePort } from "../dev/first-free-port.ts";
import { Supervisor } from "../dev/supervisor.ts";
import { databaseFileOf, watchDatabaseFile } from "../dev/watch-database-file.ts";
import { watchFolder } from "../dev/watch-folder.ts";
import { invalidPort, noFreePort, noMainModule } from "../errors.ts";
import { developmentEnvironment } from "../project/env-file.ts";
import { type Project, readProject } from "../project/project.ts";
import { resolveFrom, typeScriptArguments } from "../project/typescript-loader.ts";
import { createCommand } from "../terminal/command.ts";
import { print } from "../terminal/print.ts";

/** `buffkit dev`: migrates, starts the app, and restarts it when code changes. */
export const devCommand = createCommand({
  args: {
    port: {
      type: "string",
      description: "Port to listen on (default: PORT or 3000); the next free one if it's in use",
    },
    host: { type: "string", description: "Address to listen on", default: defaultHost },
  },
  async run({ port: chosen, host }) {
    const project = readProject();
    if (!existsSync(project.main)) throw noMainModule({ main: relative(project.folder, project.main) });
    resolveFrom(project.folder, "tsx", "tsx");
    const variables = developmentEnvironment(project.folder, process.env);
    const wanted = Number(chosen ?? variables.PORT ?? defaultPort);
    if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
      throw invalidPort({ given: chosen ?? variables.PORT });
    const port = await firstFreePort(wanted, host);
    if (port === undefined) throw noFreePort({ first: wanted });
    if (port !== wanted) print(`Port ${wanted} is in use, using ${port} instead.`);
    runUntilStopped(project, { ...variables, NODE_ENV: "development", PORT: String(port), HOST: host });
  },
});

function runUntilStopped(project: Project, variables: NodeJS.ProcessEnv): void {
  endWithParent();
  const crashPage = new CrashPageServer();
  let isDatabaseNew = true;
  const supervisor = new Supervisor({
    args: [...typeScriptArguments(), project.main],
    folder: project.folder,
    // Only a start on a new database migrates. Later ones show a page that offers to: saving a migration isn't a decision to apply it.
    environment: (starts) => ({
      // Node 22 and newer cache compiled code there, and start faster the next time.
      NODE_COMPILE_CACHE: join(project.folder, "node_modules", ".cache", "buffkit"),
      ...variables,
      BUFFKIT_MIGRATE: isDatabaseNew ? "1" : "",
      BUFFKIT_STARTS: String(starts),
    }),
    onExit(code, output) {
      print(`\nThe app exited with code ${code}. Waiting for a file to change before restarting.`);
      crashPage.open({ port: Number(variables.PORT), host: variables.HOST ?? defaultHost, output });
    },
  });
  // Before watching: the app starts while the folders are being scanned.
  supervisor.start();
  isDatabaseNew = false;
  const stopWatching = watchFolder(project.folder, async (paths) => {
    print(`\n${paths.slice(0, 3).join(", ")} changed, restarting.`);
    crashPage.close();
    await supervisor.restart();
  });
  const databaseFile = databaseFileOf(variables.DATABASE_URL, project.folder);
  const stopWatchingDatabase =
    databaseFile &&
    watchDatabaseFile(databaseFile, async (change) => {
      print(`\n${relative(project.folder, databaseFile)} was ${change}, restarting and migrating.`);
      crashPage.close();
      isDatabaseNew = true;
      await supervisor.restart();
      isDatabaseNew = false;
    });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, async () => {
      stopWatching();
      if (stopWatchingDatabase) stopWatchingDatabase();
      await supervisor.stop();
      process.exit(0);
    });
  }
}
