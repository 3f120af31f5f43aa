// Runs in marked sources, in the process of the tests and in the processes that they start.
import { appendFileSync } from "node:fs";

const written = new Set();

/** Notes, once each, that the test file of this moment called a function. */
export function recordReach(name) {
  const test = process.env.BUFFKIT_MUTATE_TEST;
  const file = process.env.BUFFKIT_MUTATE_REACH;
  if (test === undefined || file === undefined) return;
  const line = `${test}\t${name}\n`;
  if (written.has(line)) return;
  written.add(line);
  appendFileSync(file, line);
}
