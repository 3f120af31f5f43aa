import { join } from "node:path";
import { freePort } from "../../framework/test-support/free-port.ts";
import { AppProcess } from "./app-process.ts";
import { freeFolder } from "./free-folder.ts";

/** The reference app in development mode, on its own port and database. */
export interface ReferenceApp {
  readonly url: string;
  /** What the process has printed. */
  readonly output: () => string;
  stop(): Promise<void>;
}

const secret = "3b0f9a1c5d7e2468ace013579bdf8642fedcba98";

export async function startReferenceApp(): Promise<ReferenceApp> {
  const folder = freeFolder("dev");
  // Built, because that starts in a fraction of the time.
  return await start(["dist/app/main.js"], folder, {
    NODE_ENV: "development",
    BUFFKIT_MIGRATE: "1",
  });
}

/** The production build of the reference app; mail goes to `smtpUrl` (default: to the log). */
export async function startProductionApp(smtpUrl?: string): Promise<ReferenceApp> {
  const folder = freeFolder("production");
  return await start(["dist/app/main.js"], folder, {
    NODE_ENV: "production",
    BUFFKIT_MIGRATE: "1",
    ...(smtpUrl ? { SMTP_URL: smtpUrl } : { MAIL: "log" }),
  });
}

type Folder = ReturnType<typeof freeFolder>;

async function start(
  args: readonly string[],
  folder: Folder,
  environment: Record<string, string>,
): Promise<ReferenceApp> {
  const port = await freePort();
  const app = await AppProcess.start({
    args,
    environment: {
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      AUTH_SECRET: secret,
      DATABASE_URL: `sqlite:${join(folder.path, "app.db")}`,
      // Each person in a scenario has their own IP address, so that rate limits count them separately.
      TRUST_PROXY: "true",
      ...environment,
    },
  });
  return {
    url: app.url,
    output: () => app.output,
    async stop() {
      await app.stop();
      folder.remove();
    },
  };
}
