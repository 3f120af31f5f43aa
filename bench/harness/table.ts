import type { Column, Scenario } from "../scenarios/scenario.ts";
import type { Results, Series } from "./results.ts";
import { median, medianRatio } from "./statistics.ts";

/** The contenders that the ratio columns compare with. */
const yardsticks = ["limit", "better-sse", "hono", "by-hand"] as const;

/** The printed table of all scenarios: medians, spread, and the first figure as ratio to the yardsticks. */
export function formatResults(results: Results, scenarios: readonly Scenario[]): string {
  const parts = scenarios.flatMap((scenario) => {
    const found = results.scenarios[scenario.name];
    return found === undefined ? [] : [formatScenario(scenario, found, results.failed[scenario.name] ?? {})];
  });
  const skipped = Object.entries(results.skipped).map(([name, reason]) => `skipped: ${name} (${reason})`);
  const head = `${results.cpu}, Node ${results.node}, ${results.cores}, load client: ${results.client}`;
  return [head, ...skipped, "", ...parts].join("\n");
}

function formatScenario(
  scenario: Scenario,
  found: Readonly<Record<string, Series>>,
  failed: Readonly<Record<string, string>>,
): string {
  const compared = yardsticks.filter((name) => found[name] !== undefined);
  const heading = [
    "server",
    ...scenario.columns.map((column) => column.heading),
    "spread",
    ...compared.map((name) => `× ${name}`),
  ];
  const rows = Object.entries(found).map(([name, series]) => [
    name,
    ...scenario.columns.map((column) => formatFigure(series, column)),
    formatSpread(series, scenario.columns[0]),
    ...compared.map((yardstick) => formatRatio(series, found[yardstick], scenario.columns[0])),
  ]);
  const failures = Object.entries(failed).map(([name, reason]) => `  ${name} failed: ${reason.split("\n")[0]}`);
  return [`${scenario.title} (${scenario.name})`, ...alignColumns([heading, ...rows]), ...failures, ""].join("\n");
}

function formatFigure(series: Series, column: Column): string {
  const value = median(series[column.figure] ?? []);
  return Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: column.digits, maximumFractionDigits: column.digits });
}

/** Half the distance between the extremes of the first figure, as a share of its median. */
function formatSpread(series: Series, column: Column | undefined): string {
  const values = series[column?.figure ?? ""] ?? [];
  const share = (Math.max(...values) - Math.min(...values)) / 2 / median(values);
  return Number.isFinite(share) ? `±${Math.round(Math.abs(share) * 100)}%` : "–";
}

function formatRatio(series: Series, other: Series | undefined, column: Column | undefined): string {
  const figure = column?.figure ?? "";
  const ratio = medianRatio(series[figure] ?? [], other?.[figure] ?? []);
  return Number.isFinite(ratio) ? ratio.toFixed(2) : "–";
}

/** Pads each column to its widest cell: names aligned left, figures aligned right. */
export function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
