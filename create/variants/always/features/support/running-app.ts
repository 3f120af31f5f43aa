import { join } from "node:path";
import { AppProcess } from "./app-process.ts";
import { freeFolder } from "./free-folder.ts";
import { freePort } from "./free-port.ts";

/** The app as `npm run dev` runs it, on a port and a database of its own. */
export interface RunningApp {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startApp(): Promise<RunningApp> {
  const folder = freeFolder("features");
  const port = await freePort();
  const app = await AppProcess.start({
    args: ["--import", "tsx", "app/main.ts"],
    environment: {
      NODE_ENV: "development",
      BUFFKIT_MIGRATE: "1",
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      AUTH_SECRET: "only-for-scenarios-3b0f9a1c5d7e2468ace013579bdf",
      DATABASE_URL: `sqlite:${join(folder.path, "app.db")}`,
      // Each person of a scenario comes from an address of their own, so that rate limits count them apart.
      TRUST_PROXY: "true",
    },
  });
  return {
    url: app.url,
    async stop() {
      await app.stop();
      folder.remove();
    },
  };
}
