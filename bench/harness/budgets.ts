import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { benchRoot } from "./paths.ts";
import type { Results } from "./results.ts";
import { median, medianRatio } from "./statistics.ts";

const budget = z.object({
  /** What the budget promises, in words. */
  promise: z.string(),
  scenario: z.string(),
  figure: z.string(),
  of: z.string(),
  /** The contender that the figure is compared with (default: none, the figure itself counts). */
  over: z.string().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});

/** A bound on one figure, or on its ratio to another contender's in the same run. */
export type Budget = Readonly<z.infer<typeof budget>>;

/** The outcome of a budget. `value` is NaN if it wasn't measured. */
export interface Finding {
  readonly budget: Budget;
  readonly verdict: "kept" | "missed" | "unmeasured";
  readonly value: number;
}

/** Reads bench/budgets.json. */
export function loadBudgets(): readonly Budget[] {
  return z.array(budget).parse(JSON.parse(readFileSync(join(benchRoot, "budgets.json"), "utf8")));
}

/** Compares results with budgets. */
export function judge(budgets: readonly Budget[], results: Results): readonly Finding[] {
  return budgets.map((each) => {
    const value = measureBudget(each, results);
    return {
      budget: each,
      value,
      verdict: Number.isNaN(value) ? "unmeasured" : isKept(each, value) ? "kept" : "missed",
    };
  });
}

/** The median figure, or the median of the ratios within each slice. */
function measureBudget({ scenario, figure, of, over }: Budget, results: Results): number {
  const found = results.scenarios[scenario];
  const own = found?.[of]?.[figure] ?? [];
  return over === undefined ? median(own) : medianRatio(own, found?.[over]?.[figure] ?? []);
}

function isKept(
  { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Budget,
  value: number,
): boolean {
  return value >= atLeast && value <= atMost;
}

/** One line per finding. */
export function formatFinding({ budget: { promise, atLeast, atMost, over }, verdict, value }: Finding): string {
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  const measured = Number.isNaN(value) ? "not measured" : `${value >= 100 ? Math.round(value) : value.toPrecision(3)}`;
  return `${verdict.padEnd(10)} ${promise}: ${measured}${over === undefined ? "" : ` × ${over}`} (${bound})`;
}
