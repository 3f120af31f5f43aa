import { dirname, join } from "node:path";
import type { Project } from "../../project/project.ts";

/** The folder of a part, beside the app's other parts. */
export function partFolder(project: Project, name: string): string {
  return join(dirname(project.main), "parts", name);
}
