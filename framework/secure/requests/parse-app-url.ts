import { invalidAppUrl } from "../errors.ts";

/** Parses the configured URL of the app. Throws `SECURE_INVALID_APP_URL` unless it is http or https with a host. */
export function parseAppUrl(appUrl: string): URL {
  if (!URL.canParse(appUrl)) throw invalidAppUrl({ appUrl });
  const url = new URL(appUrl);
  if ((url.protocol !== "http:" && url.protocol !== "https:") || url.host === "") throw invalidAppUrl({ appUrl });
  return url;
}
