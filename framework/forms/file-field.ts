import { z } from "zod";
import { type FileKind, fileKind } from "./file-kind.ts";

/** A file that a form has brought, read and checked. Its name is left out: names of visitors are no names for files. */
export interface UploadedFile {
  readonly bytes: Uint8Array;
  /** By its first bytes, which say the same as the browser. */
  readonly kind: FileKind;
}

export interface FileFieldOptions {
  /** The kinds that are taken; png, jpeg, gif, webp and avif unless given. */
  readonly kinds?: readonly FileKind[];
  /** 1 MiB unless given. The whole body is limited by `secure.maxUploadBytes` besides. */
  readonly maxBytes?: number;
}

export interface FilesFieldOptions extends FileFieldOptions {
  /** 5 unless given. */
  readonly maxCount?: number;
}

const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"] as const satisfies FileKind[];

/**
 * One file of a `multipart/form-data` form, for a zod object given to `readForm`; null when none was chosen. Refuses what is too large,
 * of another kind, or not what the browser called it. The form needs `enctype="multipart/form-data"`.
 */
export function fileField(options: FileFieldOptions = {}): z.ZodType<UploadedFile | null> {
  return z
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
}

/** Several files of one field. */
export function filesField(options: FilesFieldOptions = {}): z.ZodType<readonly UploadedFile[]> {
  const { maxCount = 5, ...each } = options;
  return z.array(z.unknown()).transform(async (values, context): Promise<readonly UploadedFile[]> => {
    if (values.length > maxCount) {
      context.addIssue({ code: "custom", message: `Choose at most ${maxCount} files.` });
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
    return { ok: false, problem: `Choose a file of the kind ${names.join(", ")}.` };
  }
  return { ok: true, file: { bytes, kind } };
}

function formatLimit(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} kB`;
}
