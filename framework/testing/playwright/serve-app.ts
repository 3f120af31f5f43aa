// The process in which the app of browser tests runs: `node --import tsx serve-app.ts <module that exports createApp>`. It is one of its
// own because Playwright compiles JSX in its own way.
import { createServer } from "node:net";
import { pathToFileURL } from "node:url";
import { KitError } from "../../base/index.ts";
import { type RunningServer, serve } from "../../kit/index.ts";
import { createTestKit, type TestKit } from "../create-test-kit.ts";
import { serverClosed } from "../errors.ts";
import { logInAs } from "../log-in-as.ts";
import type { TestClock } from "../test-clock.ts";
import type { Call, CallError, CallResult, ServerCalls } from "./calls.ts";

const { createApp } = await import(pathToFileURL(process.argv[2] ?? "").href);

interface OpenApp {
  readonly test: TestKit;
  readonly server: RunningServer;
}

let opened: OpenApp | undefined;

function current(): TestKit {
  if (!opened) throw serverClosed();
  return opened.test;
}

const calls: ServerCalls = {
  async open() {
    const port = await freePort();
    const test = await createTestKit(createApp, { clock: runningClock(), appUrl: `http://localhost:${port}` });
    const server = await serve(test.app, test.kit, { port, graceMs: 0 });
    opened = { test, server };
    return server.url;
  },
  createUser: (user) => current().createUser(user),
  logIn: (user) => logInAs(current().kit, user),
  lastMail: (options) => current().mailbox.last(options),
  async advanceClock(milliseconds) {
    current().clock.advance(milliseconds);
  },
  async close() {
    const closing = opened;
    opened = undefined;
    await closing?.server.close();
    await closing?.test.close();
  },
};

process.on("message", async (call: Call) => {
  const method: (...args: never[]) => Promise<unknown> = calls[call.name];
  const pending: Promise<unknown> = Reflect.apply(method, calls, call.args);
  const result = await pending.then(
    (value): CallResult => ({ id: call.id, ok: true, value }),
    (error: unknown): CallResult => ({ id: call.id, ok: false, error: errorOf(error) }),
  );
  process.send?.(result);
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");

/** The time of day, which a test can turn as well. Browsers have no other. */
function runningClock(): TestClock {
  let turnedMs = 0;
  return {
    now: () => Date.now() + turnedMs,
    advance(milliseconds) {
      turnedMs += milliseconds;
    },
  };
}

/** The app has to know its address before it listens. */
async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function errorOf(error: unknown): CallError {
  if (error instanceof KitError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: "TESTING_SERVER_FAILED", message: error instanceof Error ? (error.stack ?? "") : String(error) };
}
