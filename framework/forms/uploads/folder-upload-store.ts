import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, createFolder } from "../../base/index.ts";
import { fileKind } from "./file-kind.ts";
import { isUploadName, type UploadStore, uploadName } from "./upload-store.ts";

/** Keeps uploads in a folder, which must be outside `public/`. Creates it on the first upload, readable only by the app's own OS user. */
export function createFolderUploadStore(folder: string): UploadStore {
  return {
    async save({ bytes, kind }) {
      const name = uploadName(kind);
      createFolder(folder, 0o700);
      // `wx` never overwrites a file.
      await writeFile(join(folder, name), bytes, { mode: 0o600, flag: "wx" });
      return name;
    },
    async read(name) {
      if (!isUploadName(name)) return null;
      try {
        const bytes = await readFile(join(folder, name));
        const kind = fileKind(bytes);
        return kind ? { bytes, kind } : null;
      } catch (error) {
        if (codeOf(error) === "ENOENT") return null;
        throw error;
      }
    },
    async delete(name) {
      if (isUploadName(name)) await rm(join(folder, name), { force: true });
    },
  };
}
