import type { ContenderName } from "../harness/contenders.ts";
import type { Stage } from "../harness/stage.ts";

/** The figures of one slice, by name. */
export type Figures = Readonly<Record<string, number>>;

/** Takes one slice: a short measurement that is repeated and interleaved with the others'. */
export type Slice = () => Promise<Figures>;

/** One question that is asked of every contender. */
export interface Scenario {
  /** For `--only`, results and budgets; stable. */
  readonly name: string;
  readonly title: string;
  /** The figures in the order of the table; the first one is compared as a ratio. */
  readonly columns: readonly Column[];
  /** Who takes part; everybody unless given. */
  readonly contenders?: readonly ContenderName[];
  /** Each slice needs a process that has done nothing before. */
  readonly isFresh?: boolean;
  /** Left out of `--quick`. */
  readonly isLong?: boolean;
  /** Prepares a contender (warms it up, finds out how much work fits into a slice). */
  prepare(stage: Stage): Promise<Slice>;
}

/** One figure and how it is shown. */
export interface Column {
  readonly figure: string;
  readonly heading: string;
  readonly digits: number;
}
