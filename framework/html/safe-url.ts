const safeSchemes = new Set(["http", "https", "mailto", "tel", "sms", "otpauth"]);

export const noSchemes: ReadonlySet<string> = new Set();

/** What `safeUrl` returns for an unsafe URL: one that leads nowhere. */
export const unsafeUrl = "about:invalid#unsafe";

/**
 * A safe URL for `href`, `src`, `action` and so on. Relative URLs and http, https, mailto, tel, sms and otpauth stay the same; everything
 * else (`javascript:`, `data:`, `vbscript:`, unknown schemes) becomes `about:invalid#unsafe`.
 */
export function safeUrl(value: string): string {
  return isSafeUrl(value) ? value : unsafeUrl;
}

/** Whether `safeUrl` returns the value unchanged. */
export function isSafeUrl(value: string): boolean {
  return hasSafeScheme(value, noSchemes);
}

/** The same with more schemes, in lower case without the colon. */
export function hasSafeScheme(value: string, more: ReadonlySet<string>): boolean {
  // URL parsers drop tabs and newlines anywhere, and control characters and spaces at the start, before they look for a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are the attack.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\u0000-\u0020\u007f-\u009f]+/g, ""))?.[1];
  return scheme === undefined || safeSchemes.has(scheme.toLowerCase()) || more.has(scheme.toLowerCase());
}
