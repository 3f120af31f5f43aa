/** The file types that are recognized by their first bytes. */
export type FileKind =
  | "image/png"
  | "image/jpeg"
  | "image/gif"
  | "image/webp"
  | "image/avif"
  | "application/pdf"
  | "application/zip";

/** The file extension for each kind. */
export const fileExtensions: Readonly<Record<FileKind, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "application/pdf": "pdf",
  "application/zip": "zip",
};

interface Signature {
  readonly kind: FileKind;
  /** Latin-1 text and its offset. */
  readonly marks: readonly (readonly [at: number, text: string])[];
}

// From the MIME Sniffing standard. SVG is left out on purpose, because it can contain scripts.
const signatures: readonly Signature[] = [
  { kind: "image/png", marks: [[0, "\x89PNG\r\n\x1a\n"]] },
  { kind: "image/jpeg", marks: [[0, "\xff\xd8\xff"]] },
  { kind: "image/gif", marks: [[0, "GIF87a"]] },
  { kind: "image/gif", marks: [[0, "GIF89a"]] },
  {
    kind: "image/webp",
    marks: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  },
  { kind: "image/avif", marks: [[4, "ftypavif"]] },
  { kind: "application/pdf", marks: [[0, "%PDF-"]] },
  { kind: "application/zip", marks: [[0, "PK\x03\x04"]] },
];

/** The kind of a file by its first bytes, regardless of its name; undefined for all other files. */
export function fileKind(bytes: Uint8Array): FileKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return signatures.find(({ marks }) => marks.every(([at, text]) => head.startsWith(text, at)))?.kind;
}
