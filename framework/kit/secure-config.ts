import type { BodyLimitOptions, SecurityHeadersOptions } from "../secure/index.ts";
import type { Config } from "./config.ts";

/** What the app may change about its defences. */
export interface SecureConfig
  extends Pick<SecurityHeadersOptions, "policy" | "addToPolicy" | "headers">,
    BodyLimitOptions {
  /** Hosts under which the app answers, besides that of `appUrl`; `.example.com` stands for all below it. */
  readonly hosts?: readonly string[];
  /** Routes called by other servers, which prove themselves otherwise: path by name, `*` at the end for all below. */
  readonly csrfExempt?: Readonly<Record<string, string>>;
  /** Makes a nonce a response, `c.var.cspNonce`, for apps that need inline scripts. Off unless given. */
  readonly nonce?: boolean;
}

/** The settings of the security headers, the same for pages and for streams; pages may load scripts from the origins given. */
export function headerOptions(
  { dev, secure = {} }: Config,
  scriptOrigins: readonly string[] = [],
): SecurityHeadersOptions {
  const { policy, addToPolicy = {}, headers } = secure;
  const scripts = [...(addToPolicy["script-src"] ?? []), ...scriptOrigins];
  return { production: !dev, policy, headers, addToPolicy: { ...addToPolicy, "script-src": scripts } };
}
