import { fileURLToPath } from "node:url";

/** The folder of the benchmarks. */
export const benchRoot = fileURLToPath(new URL("..", import.meta.url));

/** The repository. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
