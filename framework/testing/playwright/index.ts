export {
  createPlaywrightTest,
  type PlaywrightTestSettings,
  type ServerFixtures,
} from "./create-playwright-test.ts";
export type { TestServer } from "./test-server.ts";
