import type { Logger } from "../base/index.ts";
import type { RunningServer } from "./serve.ts";

/**
 * Shuts down gracefully on SIGTERM and SIGINT: accepts no new connections, tells streams to reconnect, finishes requests and jobs, and
 * exits with code 0. A second signal exits at once. An uncaught exception is logged and shuts down with code 1, so that a supervisor can
 * restart the process.
 */
export function stopOnSignals(server: RunningServer, log: Logger): void {
  let stopping = false;

  async function stop(code: number): Promise<void> {
    if (stopping) process.exit(code || 1);
    stopping = true;
    await server.close().catch((error: unknown) => {
      log.error({ err: error }, "shutdown failed");
      process.exit(1);
    });
    process.exit(code);
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(0));
  // When started by `buffkit dev`, stop together with it.
  if (process.connected) {
    process.once("disconnect", () => void stop(0));
    process.channel?.unref();
  }
  process.on("uncaughtException", (error) => {
    log.error({ err: error }, "uncaught exception");
    void stop(1);
  });
  // A forgotten promise in one request must not end all the others.
  process.on("unhandledRejection", (reason) => {
    log.error({ err: reason }, "unhandled rejection");
  });
}
