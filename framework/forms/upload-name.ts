import { randomToken } from "../base/index.ts";
import { type FileKind, fileEndings } from "./file-kind.ts";

/** A new name for a file of this kind, which nobody guesses. */
export function uploadName(kind: FileKind): string {
  return `${randomToken()}.${fileEndings[kind]}`;
}

/** Whether a name has the form of ours, and so leads nowhere but into the folder of uploads. */
export function isUploadName(name: string): boolean {
  return /^[\w-]{43}\.[a-z]{3,4}$/.test(name);
}
