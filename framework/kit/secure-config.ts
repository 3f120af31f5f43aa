import type { SecurityHeadersOptions } from "../secure/index.ts";
import type { Config } from "./config.ts";

/** The settings of the security headers, the same for pages and for streams; pages may load scripts from the origins given. */
export function headerOptions(
  { dev, secure = {} }: Config,
  scriptOrigins: readonly string[] = [],
): SecurityHeadersOptions {
  const { policy, addToPolicy = {}, headers } = secure;
  const scripts = [...(addToPolicy["script-src"] ?? []), ...scriptOrigins];
  return { production: !dev, policy, headers, addToPolicy: { ...addToPolicy, "script-src": scripts } };
}
