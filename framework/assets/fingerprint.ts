import { createHash } from "node:crypto";

const fingerprintLength = 8;

/** The short content hash that goes into file names: the first 8 hexadecimal digits of SHA-256. */
export function fingerprint(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, fingerprintLength);
}

/** The value of an `integrity` attribute (W3C Subresource Integrity), by SHA-384. */
export function integrityOf(content: Uint8Array | string): string {
  return `sha384-${createHash("sha384").update(content).digest("base64")}`;
}

/** The source expression that allows an inline script with exactly this text in a Content-Security-Policy. */
export function cspHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Adds the hash to a path: `css/app.css` becomes `css/app.3f2a9c1b.css`. */
export function addFingerprint(path: string, hash: string): string {
  const dot = path.lastIndexOf(".");
  return `${path.slice(0, dot)}.${hash}${path.slice(dot)}`;
}

/** Whether the file belongs to a vendored package whose folder has the hash of all its files in its name, so its URL never changes meaning. */
export function isInHashedFolder(path: string): boolean {
  return /^vendor\/(?:@[^/]+\/)?[^/]+@[^/]+\.[0-9a-f]{8}\//.test(path);
}

/** Removes the hash from a path; null if there is none. */
export function splitFingerprint(path: string): { readonly path: string; readonly hash: string } | null {
  const found = /^(.+)\.([0-9a-f]{8})(\.[^./]+)$/.exec(path);
  const [, stem, hash, ending] = found ?? [];
  return stem === undefined || hash === undefined ? null : { path: `${stem}${ending}`, hash };
}
