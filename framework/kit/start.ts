import { fileURLToPath } from "node:url";
import { KitError } from "../base/index.ts";
import { appRoot } from "./app-root.ts";
import { type CreateApp, callCreateApp } from "./created-app.ts";
import { startUrlInvalid } from "./errors.ts";
import { type RunningServer, serve } from "./serve.ts";
import { configFromEnvironment, serveOptionsFromEnvironment } from "./settings/environment.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

/**
 * Runs the app in this process: `await start(createApp, import.meta.url)` is all of `main.ts`. It reads the configuration from the
 * environment, calls `createApp` with it, serves the app, prints its address, and stops it on SIGTERM and SIGINT. The second argument
 * says where the app is: its `root` is the nearest folder, from that file's own upward, with `migrations/`, `public/` or a package.json.
 *
 * A `KitError`, such as an incomplete configuration or a port in use, is printed with its hint and ends the process with code 1. Any
 * other error is thrown.
 */
export async function start(createApp: CreateApp, moduleUrl: string): Promise<RunningServer> {
  try {
    const root = appRoot(readFileUrl(moduleUrl));
    const listenAt = serveOptionsFromEnvironment(process.env);
    const { app, kit } = await callCreateApp(createApp, { ...configFromEnvironment(process.env), root });
    const server = await serve(app, kit, listenAt);
    stopOnSignals(server, kit.log);
    process.stdout.write(kit.banner(server.url));
    return server;
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    process.stderr.write(`\n${error.message}\n${error.hint ?? ""}\n`);
    process.exit(1);
  }
}

function readFileUrl(moduleUrl: string): string {
  try {
    return fileURLToPath(moduleUrl);
  } catch (cause) {
    throw startUrlInvalid({ given: moduleUrl, cause });
  }
}
