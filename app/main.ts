import { fileURLToPath } from "node:url";
import { configFromEnvironment, KitError, serve, serveOptionsFromEnvironment, stopOnSignals } from "buffkit";
import { createApp } from "./app.tsx";

// The only module that touches the process: it reads the environment, starts the app and prints its URL.
try {
  const { app, kit } = await createApp({
    ...configFromEnvironment(process.env),
    root: fileURLToPath(new URL(".", import.meta.url)),
  });
  const server = await serve(app, kit, serveOptionsFromEnvironment(process.env));
  stopOnSignals(server, kit.log);
  process.stdout.write(kit.banner(server.url));
} catch (error) {
  if (!(error instanceof KitError)) throw error;
  process.stderr.write(`\n${error.message}\n${error.hint ?? ""}\n`);
  process.exit(1);
}
