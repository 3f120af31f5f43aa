export type { DevKit, DevMigrator, ErrorPresenter } from "./dev-kit.ts";
export { createDevPart, type DevOptions, type DevPart } from "./dev-part.tsx";
export { type RequestLogOptions, requestLog } from "./diagnostics/request-log.ts";
