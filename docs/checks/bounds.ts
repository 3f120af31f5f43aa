import { readFileSync } from "node:fs";
import { join } from "node:path";
import { docsFolder } from "./samples.ts";

/** A row of the tables in "What waits, and for how long". */
export interface Bound {
  readonly what: string;
  /** Durations in milliseconds, sizes in bytes, everything else as it is, in the order of the cell. */
  readonly values: readonly number[];
  readonly setting: string;
  /** The codes of the errors that it leads to. */
  readonly codes: readonly string[];
  readonly test: { readonly file: string; readonly title: string };
}

const units: Readonly<Record<string, number>> = {
  s: 1000,
  minutes: 60_000,
  MB: 1_000_000,
  MiB: 1024 * 1024,
};

/** All bounds that `docs/deploying.md` names. */
export function documentedBounds(): readonly Bound[] {
  const guide = readFileSync(join(docsFolder, "deploying.md"), "utf8");
  const section = guide.slice(guide.indexOf("## What waits, and for how long"), guide.indexOf("## Health"));
  return section
    .split("\n")
    .filter((line) => /^\| (?!what waits \||---)/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, what = "", bound = "", setting = "", then = "", test = ""]) => ({
      what,
      values: readValues(bound),
      setting: setting.replaceAll("`", ""),
      codes: [...then.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, code = ""]) => code),
      test: { file: /`([^`]+)`/.exec(test)?.[1] ?? "", title: /"([^"]+)"/.exec(test)?.[1] ?? "" },
    }));
}

function readValues(cell: string): number[] {
  return [...cell.matchAll(/([\d.,]*\d) ?([A-Za-z]*)/g)].map(
    ([, number = "", unit = ""]) => Number(number.replaceAll(",", "")) * (units[unit] ?? 1),
  );
}
