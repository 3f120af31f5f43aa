import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { resultsMissing } from "../errors.ts";
import { benchRoot } from "./paths.ts";

const figures = z.record(
  z.string(),
  z.array(
    z
      .number()
      .nullable()
      .transform((value) => value ?? Number.NaN),
  ),
);

const results = z.object({
  /** When the run started, ISO 8601. */
  at: z.string(),
  node: z.string(),
  cpu: z.string(),
  /** How processes were pinned to cores. */
  cores: z.string(),
  client: z.string(),
  isQuick: z.boolean(),
  /** Contender → why it was left out. */
  skipped: z.record(z.string(), z.string()),
  /** Scenario → contender → why it has no figures. */
  failed: z.record(z.string(), z.record(z.string(), z.string())),
  /** Scenario → contender → figure → one value per slice. */
  scenarios: z.record(z.string(), z.record(z.string(), figures)),
});

/** The results of one run. */
export type Results = Readonly<z.infer<typeof results>>;

/** The figures of one contender in one scenario: one value per slice. */
export type Series = Readonly<Record<string, readonly number[]>>;

/** Where `npm run bench` saves its latest results and `check-budgets` finds them. */
export const latestResults = join(benchRoot, "results", "latest.json");

/** Saves results under their time and as the latest ones; returns the path. */
export function saveResults(found: Results): string {
  const folder = join(benchRoot, "results");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${found.at.replaceAll(":", "-")}.json`);
  const text = `${JSON.stringify(found, null, 1)}\n`;
  writeFileSync(path, text);
  writeFileSync(latestResults, text);
  return path;
}

/** Reads saved results. @throws {KitError} BENCH_RESULTS_MISSING */
export function loadResults(path: string): Results {
  try {
    return results.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw resultsMissing({ path, cause });
  }
}
