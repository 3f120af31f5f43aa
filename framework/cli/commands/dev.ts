import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { defaultHost, defaultPort } from "../../base/index.ts";
import { CrashPageServer } from "../dev/crash-page-server.ts";
import { endWithParent } from "../dev/end-with-parent.ts";
import { firstFreePort } from "../dev/first-free-port.ts";
import { Supervisor } from "../dev/supervisor.ts";
import { watchFolder } from "../dev/watch-folder.ts";
import { invalidPort, noFreePort, noMainModule } from "../errors.ts";
import { developmentEnvironment } from "../project/env-file.ts";
import { type Project, readProject } from "../project/project.ts";
import { resolveFrom, typeScriptArguments } from "../project/typescript-loader.ts";
import { createCommand } from "../terminal/command.ts";
import { print } from "../terminal/print.ts";

/** `buffkit dev`: migrate, start, print the URLs; start anew when code changes. */
export const devCommand = createCommand({
  args: {
    port: { type: "string", description: "Port to listen on (PORT, else 3000); the next free one when it is taken" },
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
    if (port !== wanted) print(`Port ${wanted} is taken; using ${port}.`);
    runUntilStopped(project, { ...variables, NODE_ENV: "development", PORT: String(port), HOST: host });
  },
});

function runUntilStopped(project: Project, variables: NodeJS.ProcessEnv): void {
  endWithParent();
  const crashPage = new CrashPageServer();
  const supervisor = new Supervisor({
    args: [...typeScriptArguments(), project.main],
    folder: project.folder,
    // The first start migrates; later ones show the page that says so, because a file being edited is not a decision to apply it.
    environment: (starts) => ({
      // Node 22 and newer keep compiled code there, and start faster the next time.
      NODE_COMPILE_CACHE: join(project.folder, "node_modules", ".cache", "buffkit"),
      ...variables,
      BUFFKIT_MIGRATE: starts === 0 ? "1" : "",
      BUFFKIT_STARTS: String(starts),
    }),
    onExit(code, output) {
      print(`\nThe app ended with code ${code}. It starts again when a file changes.`);
      crashPage.open({ port: Number(variables.PORT), host: variables.HOST ?? defaultHost, output });
    },
  });
  // First of all: the app starts while the folders are looked through.
  supervisor.start();
  const stopWatching = watchFolder(project.folder, async (paths) => {
    print(`\n${paths.slice(0, 3).join(", ")} changed; starting again.`);
    crashPage.close();
    await supervisor.restart();
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, async () => {
      stopWatching();
      await supervisor.stop();
      process.exit(0);
    });
  }
}
