import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
} from "@playwright/test";
// Not a peer dependency, not even an optional one: npm would keep a developer's Playwright in production installs.
import { test as base, type TestType } from "@playwright/test";
import { AppProcess } from "./app-process.ts";
import { openTestServer, type TestServer } from "./test-server.ts";

export interface PlaywrightTestSettings {
  /** The module that exports `createApp`, relative to the project. Default: `app` beside its main module, as the commands find it. */
  readonly app?: string;
}

/** What a browser test gets in addition to Playwright's own fixtures. */
export interface ServerFixtures {
  /** The app, running for this test only. Open its pages by path: `await page.goto("/notes")`. */
  readonly server: TestServer;
}

type Tests = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & ServerFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & { readonly appProcess: AppProcess }
>;

/**
 * Playwright's `test`, with the app running for each test: on an in-memory database, in development mode, with emails that stay in memory.
 * Each Playwright worker loads the app once, in its own process.
 */
export function createPlaywrightTest({ app }: PlaywrightTestSettings = {}): Tests {
  return base.extend<ServerFixtures, { readonly appProcess: AppProcess }>({
    appProcess: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
      async ({}, use) => {
        const started = await AppProcess.start(app);
        await use(started);
        await started.stop();
      },
      { scope: "worker" },
    ],
    async server({ appProcess }, use) {
      await use(await openTestServer(appProcess));
      await appProcess.call("close");
    },
    async baseURL({ server }, use) {
      await use(server.url);
    },
  });
}
