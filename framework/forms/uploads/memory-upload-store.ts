import type { UploadedFile } from "./file-field.ts";
import { type UploadStore, uploadName } from "./upload-store.ts";

/** Keeps uploads in memory, for tests. */
export function createMemoryUploadStore(): UploadStore {
  const files = new Map<string, UploadedFile>();
  return {
    async save(file) {
      const name = uploadName(file.kind);
      files.set(name, file);
      return name;
    },
    read: async (name) => files.get(name) ?? null,
    async delete(name) {
      files.delete(name);
    },
  };
}
