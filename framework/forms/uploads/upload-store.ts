import { randomToken } from "../../base/index.ts";
import type { UploadedFile } from "./file-field.ts";
import { type FileKind, fileExtensions } from "./file-kind.ts";

/** Where uploads are kept, under generated names. An app on several machines needs a store that all of them share. */
export interface UploadStore {
  /** Saves a file and returns its name: 43 random characters and the extension of its kind. */
  save(file: UploadedFile): Promise<string>;
  /** The file, or null if it doesn't exist or the name isn't valid. */
  read(name: string): Promise<UploadedFile | null>;
  /** Does nothing if the file doesn't exist. */
  delete(name: string): Promise<void>;
}

/** A new, unguessable name for a file of this kind. */
export function uploadName(kind: FileKind): string {
  return `${randomToken()}.${fileExtensions[kind]}`;
}

/** Whether a name has the format of `uploadName`, and so can't point outside the upload folder. */
export function isUploadName(name: string): boolean {
  return /^[\w-]{43}\.[a-z]{3,4}$/.test(name);
}
