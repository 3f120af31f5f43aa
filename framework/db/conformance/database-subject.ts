import type { ConformanceSubject, OpenSubject } from "../../base/index.ts";
import { createScratchDatabase } from "../../test-support/scratch-database.ts";

/** An empty database under test. */
export interface DatabaseSubject extends ConformanceSubject {
  readonly url: string;
}

/** Opens a new database on this server for each check, or a new file with `sqlite:`. */
export function onServer(serverUrl: string): OpenSubject<DatabaseSubject> {
  return async () => {
    const { url, drop } = await createScratchDatabase(serverUrl);
    return { url, close: drop };
  };
}
