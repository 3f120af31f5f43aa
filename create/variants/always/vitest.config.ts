import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    include: ["{app,components,mail,migrations}/**/*.test.{ts,tsx}"],
    // The framework, which is not compiled here, loads the app's migrations as they are: TypeScript.
    execArgv: ["--import", "tsx"],
    testTimeout: 20_000,
  },
});
