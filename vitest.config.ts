import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^buffkit$/, replacement: at("./framework/index.ts") },
      { find: /^buffkit\/testing$/, replacement: at("./framework/testing/index.ts") },
      { find: /^buffkit\/testing\/playwright$/, replacement: at("./framework/testing/playwright/index.ts") },
      { find: /^buffkit\/components$/, replacement: at("./components/index.ts") },
      { find: /^buffkit\/mail$/, replacement: at("./mail/index.ts") },
    ],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    include: ["{app,bench,components,create,docs,examples,framework,mail,migrations,scripts}/**/*.test.{ts,tsx}"],
    pool: "forks",
    // No module of ours holds state, so files can share a process; that halves the time.
    isolate: false,
    // Many files wait for other processes, so one more worker than there are cores.
    maxWorkers: availableParallelism() + 1,
    // Generous, because other programs may use the machine as well.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // In CI, a test that failed has one more try; `npm test` lists those that needed it.
    retry: process.env.CI ? 1 : 0,
    expect: { poll: { timeout: 30_000 } },
    // Names of checks (`$name`) are shown in full.
    chaiConfig: { truncateThreshold: 0 },
  },
});
