import type { Logger } from "../base/index.ts";
import type { RunningServer } from "./serve.ts";

/**
 * Ends the server in order on SIGTERM and SIGINT: no new connections, streams told to come back, requests and jobs finished, exit code 0.
 * A second signal ends it at once. What nobody caught is logged, and the process ends in order with code 1, for a supervisor to start
 * it anew.
 */
export function stopOnSignals(server: RunningServer, log: Logger): void {
  let stopping = false;

  async function stop(code: number): Promise<void> {
    if (stopping) process.exit(code || 1);
    stopping = true;
    await server.close().catch((error: unknown) => {
      log.error({ err: error }, "closing did not succeed");
      process.exit(1);
    });
    process.exit(code);
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(0));
  // Started by `buffkit dev`, it ends with it.
  if (process.connected) {
    process.once("disconnect", () => void stop(0));
    process.channel?.unref();
  }
  process.on("uncaughtException", (error) => {
    log.error({ err: { type: error.name, message: error.message, stack: error.stack } }, "uncaught exception");
    void stop(1);
  });
  // One request's forgotten promise is no reason to end everybody's.
  process.on("unhandledRejection", (reason) => {
    const error =
      reason instanceof Error ? { message: reason.message, stack: reason.stack } : { message: String(reason) };
    log.error({ err: error }, "unhandled rejection");
  });
}
