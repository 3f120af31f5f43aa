import { invalidAppUrl } from "./errors.ts";

/** The configured application address; throws unless it is http or https with a host. */
export function parseAppUrl(appUrl: string): URL {
  if (!URL.canParse(appUrl)) throw invalidAppUrl({ appUrl });
  const url = new URL(appUrl);
  if ((url.protocol !== "http:" && url.protocol !== "https:") || url.host === "") throw invalidAppUrl({ appUrl });
  return url;
}
