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
  /** When the run began, ISO 8601. */
  at: z.string(),
  node: z.string(),
  cpu: z.string(),
  /** How processes were kept apart. */
  cores: z.string(),
  client: z.string(),
  isQuick: z.boolean(),
  /** Contender → why it was left out. */
  skipped: z.record(z.string(), z.string()),
  /** Scenario → contender → why it has no figures. */
  failed: z.record(z.string(), z.record(z.string(), z.string())),
  /** Scenario → contender → figure → one value a slice. */
  scenarios: z.record(z.string(), z.record(z.string(), figures)),
});

/** What one run found out. */
export type Results = Readonly<z.infer<typeof results>>;

/** Figures of one contender in one scenario: one value a slice. */
export type Series = Readonly<Record<string, readonly number[]>>;

/** Where `npm run bench` leaves its last results and `check-budgets` looks for them. */
export const latestResults = join(benchRoot, "results", "latest.json");

/** Writes results under their time and as the latest ones; returns the path. */
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
