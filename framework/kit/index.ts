export { appRoot } from "./app-root.ts";
export { createKit, type LeadingParts } from "./create-kit.ts";
export { type CreateApp, type CreatedApp, callCreateApp, isCreatedApp } from "./created-app.ts";
export type { ConfigProblem } from "./errors.ts";
export type { ErrorPresenter, Kit } from "./kit.ts";
export { browserFilesFolder } from "./package-folder.ts";
export { AppDocument, type AppDocumentProps } from "./pages/app-document.tsx";
export { DefaultLayout } from "./pages/default-layout.tsx";
export type { Part } from "./part.ts";
export type { Handler, PartApp, RouteMethod } from "./part-app.ts";
export { type RunSeedsOptions, runSeeds, type Seed } from "./seeds.ts";
export { type RunningServer, type ServeOptions, serve } from "./serve.ts";
export { checkConfig, configProblems } from "./settings/check-config.ts";
export type {
  AuthConfig,
  Config,
  ImportMapConfig,
  JobsConfig,
  MailConfig,
  MetricsConfig,
  SecureConfig,
  SseConfig,
} from "./settings/config.ts";
export { configFromEnvironment, serveOptionsFromEnvironment } from "./settings/environment.ts";
export { resolveConfig, type Settings } from "./settings/resolve-config.ts";
export { start } from "./start.ts";
export { stopOnSignals } from "./stop-on-signals.ts";
export type { PartTopics, TopicGrant, TopicGuard, TopicRule } from "./topics/part-topics.ts";
