import { readme } from "./readme.mjs";
import { tutorial } from "./tutorial.mjs";

/**
 * What is read: `guide` as in docs/checks/samples.ts, `sections` if not all of it, and by the heading of a section what somebody who looks at
 * the pages after its last block should see.
 */
export const documents = [tutorial, readme];
