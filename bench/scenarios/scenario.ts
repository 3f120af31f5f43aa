import type { ContenderName } from "../harness/contenders.ts";
import type { Stage } from "../harness/stage.ts";

/** The figures of one slice, by name. */
export type Figures = Readonly<Record<string, number>>;

/** Measures one slice: a short run that is repeated, interleaved with the other contenders'. */
export type Slice = () => Promise<Figures>;

/** One measurement of every contender. */
export interface Scenario {
  /** For `--only`, results and budgets; stable. */
  readonly name: string;
  readonly title: string;
  /** The figures in the order of the table; the first one is compared as a ratio. */
  readonly columns: readonly Column[];
  /** The contenders that take part (default: all that only broadcast). */
  readonly contenders?: readonly ContenderName[];
  /** Whether each slice needs a fresh process. */
  readonly isFresh?: boolean;
  /** Whether `--quick` leaves it out. */
  readonly isLong?: boolean;
  /** Prepares a contender: warms it up and determines how much work fits into a slice. */
  prepare(stage: Stage): Promise<Slice>;
}

/** One figure and how it is shown. */
export interface Column {
  readonly figure: string;
  readonly heading: string;
  readonly digits: number;
}
