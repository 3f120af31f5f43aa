import { unsafeHeaderValue, unsafePath } from "./errors.ts";

/**
 * Whether a path stays on this site: one leading slash, no second slash or backslash after it (browsers read both as the start
 * of a host), no control characters, and the same after percent-decoding.
 */
export function isLocalPath(path: string): boolean {
  return isPlainLocal(path) && isPlainLocal(decodeOnce(path));
}

/** The path, checked and ready for a header: printable ASCII, other characters percent-encoded. Throws `HTML_UNSAFE_PATH`. */
export function checkLocalPath(header: string, path: string): string {
  if (!isLocalPath(path)) throw unsafePath({ header, path });
  return path.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

/** A header value, checked to be printable ASCII on one line. Throws `HTML_UNSAFE_HEADER_VALUE`. */
export function checkHeaderValue(header: string, value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) throw unsafeHeaderValue({ header, value });
  return value;
}

function isPlainLocal(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop tabs and line breaks inside a URL, so "/\t/host" is "//host".
  return /^\/(?![/\\])/.test(path) && !/[\u0000-\u001f\u007f]/.test(path) && URL.canParse(path, "https://site.invalid");
}

function decodeOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
