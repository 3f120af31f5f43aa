const safeSchemes = new Set(["http", "https", "mailto", "tel", "sms", "otpauth"]);

/** What `safeUrl` answers for an address it refuses: a URL that leads nowhere. */
export const unsafeUrl = "about:invalid#unsafe";

/**
 * A URL for `href`, `src`, `action` and the like. Relative addresses and http, https, mailto, tel, sms and otpauth pass unchanged; anything
 * else (`javascript:`, `data:`, `vbscript:`, unknown schemes) becomes `about:invalid#unsafe`.
 */
export function safeUrl(value: string): string {
  return isSafeUrl(value) ? value : unsafeUrl;
}

/** Whether `safeUrl` lets the value pass. */
export function isSafeUrl(value: string): boolean {
  // The URL standard drops tabs and line breaks anywhere, and control characters and spaces in front, before it looks for a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these characters are the attack.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\u0000-\u0020\u007f-\u009f]+/g, ""))?.[1];
  return scheme === undefined || safeSchemes.has(scheme.toLowerCase());
}
