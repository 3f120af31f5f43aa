/** The kinds of file that can be told by their first bytes. */
export type FileKind =
  | "image/png"
  | "image/jpeg"
  | "image/gif"
  | "image/webp"
  | "image/avif"
  | "application/pdf"
  | "application/zip";

/** The ending for a file of this kind. */
export const fileEndings: Readonly<Record<FileKind, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "application/pdf": "pdf",
  "application/zip": "zip",
};

interface Sign {
  readonly kind: FileKind;
  /** Text in Latin-1, and where it stands. */
  readonly marks: readonly (readonly [at: number, text: string])[];
}

// As the standard for MIME sniffing lists them. SVG is missing on purpose: it is a document that may carry scripts.
const signs: readonly Sign[] = [
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

/** What a file is by its first bytes; undefined for everything else, whatever it is called. */
export function fileKind(bytes: Uint8Array): FileKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return signs.find(({ marks }) => marks.every(([at, text]) => head.startsWith(text, at)))?.kind;
}
