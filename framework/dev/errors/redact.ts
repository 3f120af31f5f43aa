const secretHeader = /^(?:cookie|set-cookie|authorization|proxy-authorization|x-csrf-token|x-api-key|x-auth-token)$/i;
const secretName = /pass|secret|token|key|auth|session|sid|code|signature|credential|csrf/i;

export const redacted = "[redacted]";

/** The headers sorted by name, with cookies, authorization and tokens redacted. */
export function redactHeaders(headers: Headers): [string, string][] {
  return [...headers.entries()]
    .sort()
    .map(([name, value]) => [name, secretHeader.test(name) ? redacted : redactUrl(value)]);
}

/** A URL with the values of query parameters redacted that look like secrets. Text without a query stays the same. */
export function redactUrl(url: string): string {
  return url.replace(/([?&])([^=&#\s]+)=([^&#\s]*)/g, (whole, mark: string, name: string) =>
    secretName.test(name) ? `${mark}${name}=${redacted}` : whole,
  );
}
