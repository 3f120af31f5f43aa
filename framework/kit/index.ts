export { browserFilesFolder } from "./browser-files-folder.ts";
export { checkConfig, configProblems } from "./check-config.ts";
export type {
  AuthConfig,
  Config,
  ImportMapConfig,
  JobsConfig,
  MailConfig,
  SecureConfig,
  SseConfig,
} from "./config.ts";
export { createKit, type LeadingParts } from "./create-kit.ts";
export { DefaultLayout } from "./default-layout.tsx";
export { configFromEnvironment, serveOptionsFromEnvironment } from "./environment.ts";
export type { ConfigProblem } from "./errors.ts";
export type { Kit } from "./kit.ts";
export type { MetricsConfig } from "./metrics-part.ts";
export type { ErrorPresenter } from "./on-error.tsx";
export type { Part } from "./part.ts";
export { type RunSeedsOptions, runSeeds, type Seed } from "./seeds.ts";
export { type RunningServer, type ServeOptions, serve } from "./serve.ts";
export { stopOnSignals } from "./stop-on-signals.ts";
