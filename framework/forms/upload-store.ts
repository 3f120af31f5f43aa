import type { UploadedFile } from "./file-field.ts";

/** Where uploaded files are kept, under names that it makes up. An app on several machines gives one that all of them see. */
export interface UploadStore {
  /** Keeps a file and gives its name: 43 random letters and the ending of its kind. */
  save(file: UploadedFile): Promise<string>;
  /** The file of that name, or null; also for what is no such name at all. */
  read(name: string): Promise<UploadedFile | null>;
  /** Nothing happens when there is none. */
  delete(name: string): Promise<void>;
}
