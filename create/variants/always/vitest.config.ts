import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    include: ["{app,components,mail,migrations}/**/*.test.{ts,tsx}"],
    // Lets the framework import the app's migrations, which are TypeScript.
    execArgv: ["--import", "tsx"],
    testTimeout: 20_000,
  },
});
