import { join } from "node:path";
import { AppProcess } from "./app-process.ts";
import { freeFolder } from "./free-folder.ts";
import { freePort } from "./free-port.ts";

/** The app as `npm run dev` runs it, with its own port and database. */
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
      // Each person in a scenario has their own address, so rate limits count them separately.
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
