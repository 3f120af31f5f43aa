import { z } from "zod";
import { markAsFile } from "../input/schema-shape.ts";
import { type FileKind, fileKind } from "./file-kind.ts";

/** An uploaded file, read and checked. It has no name, because names chosen by users can't be trusted. */
export interface UploadedFile {
  readonly bytes: Uint8Array;
  /** Determined by its first bytes, and the same as what the browser said. */
  readonly kind: FileKind;
}

export interface FileFieldOptions {
  /** The accepted kinds. Default: png, jpeg, gif, webp and avif. */
  readonly kinds?: readonly FileKind[];
  /** Default: 1 MiB. `secure.maxUploadBytes` also limits the whole body. */
  readonly maxBytes?: number;
}

export interface FilesFieldOptions extends FileFieldOptions {
  /** Default: 5. */
  readonly maxCount?: number;
}

const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"] as const satisfies FileKind[];

/**
 * One file of a `multipart/form-data` form, for use in a zod object with `readForm`; null if none was selected. Refuses files that are too
 * large, of another kind, or not what the browser said they are. The form needs `enctype="multipart/form-data"`.
 */
export function fileField(options: FileFieldOptions = {}): z.ZodType<UploadedFile | null> {
  const field = z
    .unknown()
    .transform(async (value, context): Promise<UploadedFile | null> => {
      if (value === undefined || value === null || value === "") return null;
      const read = await readFile(value, options);
      if (read.ok) return read.file;
      context.addIssue({ code: "custom", message: read.problem });
      return z.NEVER;
    })
    .optional()
    .transform((file) => file ?? null);
  return markAsFile(field);
}

/** Several files of one field; see `fileField`. */
export function filesField(options: FilesFieldOptions = {}): z.ZodType<readonly UploadedFile[]> {
  const { maxCount = 5, ...each } = options;
  const field = z.array(z.unknown()).transform(async (values, context): Promise<readonly UploadedFile[]> => {
    if (values.length > maxCount) {
      context.addIssue({ code: "custom", message: `Choose at most ${maxCount} ${maxCount === 1 ? "file" : "files"}.` });
      return z.NEVER;
    }
    const files: UploadedFile[] = [];
    for (const value of values) {
      const read = await readFile(value, each);
      if (read.ok) files.push(read.file);
      else context.addIssue({ code: "custom", message: read.problem });
    }
    return files;
  });
  return markAsFile(field);
}

type ReadFile = { readonly ok: true; readonly file: UploadedFile } | { readonly ok: false; readonly problem: string };

async function readFile(value: unknown, options: FileFieldOptions): Promise<ReadFile> {
  const { kinds = pictures, maxBytes = 1024 * 1024 } = options;
  if (!(value instanceof File)) return { ok: false, problem: "Choose a file." };
  if (value.size === 0) return { ok: false, problem: "This file is empty." };
  if (value.size > maxBytes) return { ok: false, problem: `This file is larger than ${formatLimit(maxBytes)}.` };
  const bytes = new Uint8Array(await value.arrayBuffer());
  const kind = fileKind(bytes);
  if (!kind || !kinds.includes(kind) || kind !== value.type.toLowerCase()) {
    const names = kinds.map((known) => known.split("/")[1]?.toUpperCase());
    return { ok: false, problem: `Choose a file of one of these types: ${names.join(", ")}.` };
  }
  return { ok: true, file: { bytes, kind } };
}

function formatLimit(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} kB`;
}
