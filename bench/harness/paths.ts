import { fileURLToPath } from "node:url";

/** This room's folder. */
export const benchRoot = fileURLToPath(new URL("..", import.meta.url));

/** The repository. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
