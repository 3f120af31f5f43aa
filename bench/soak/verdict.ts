import { median } from "../harness/statistics.ts";
import type { SoakState } from "./soak-state.ts";

/** What a soak test observed. */
export interface SoakRecord {
  /** Under load, after warm-up, at regular intervals. */
  readonly samples: readonly SoakState[];
  /** Without streams: before the load, and after it and the open/close cycles. */
  readonly base: SoakState;
  readonly end: SoakState;
  /** The number of events missed by readers that keep up. */
  readonly missed: number;
}

/** One promise of the soak test, and whether it was kept. */
export interface Verdict {
  readonly promise: string;
  readonly isKept: boolean;
  readonly measured: string;
}

const mebibyte = 1024 * 1024;
const allowedGrowth = 0.1;
const allowedGrowthBytes = 3 * mebibyte;
const allowedFiles = 4;

/** Judges a soak test: memory and descriptors stay flat under load, everything is released afterwards, nothing is missed. */
export function judgeSoak({ samples, base, end, missed }: SoakRecord): readonly Verdict[] {
  const [early, late] = compareEnds(samples.map((sample) => sample.heapBytes));
  const [fewFiles, manyFiles] = compareEnds(samples.map((sample) => sample.files - sample.streams));
  return [
    {
      promise: "memory in use stays flat under load",
      isKept: samples.length >= 3 && late <= early * (1 + allowedGrowth) + allowedGrowthBytes,
      measured: `${formatMib(early)} in the first third, ${formatMib(late)} in the last`,
    },
    {
      promise: "descriptors beside the streams stay flat under load",
      isKept: manyFiles <= fewFiles + allowedFiles,
      measured: `${fewFiles} in the first third, ${manyFiles} in the last`,
    },
    {
      promise: "all streams are gone at the end",
      isKept: end.streams === 0,
      measured: `${end.streams} left`,
    },
    {
      promise: "descriptors return to base",
      isKept: end.files <= base.files + allowedFiles,
      measured: `${base.files} before, ${end.files} after`,
    },
    {
      promise: "memory in use returns to what it was under load, or less",
      isKept: end.heapBytes <= early * (1 + allowedGrowth) + allowedGrowthBytes,
      measured: `${formatMib(base.heapBytes)} before, ${formatMib(end.heapBytes)} after`,
    },
    { promise: "a reader that keeps up misses nothing", isKept: missed === 0, measured: `${missed} missed` },
  ];
}

/** The medians of the first and the last third. */
function compareEnds(values: readonly number[]): readonly [number, number] {
  const third = Math.max(1, Math.floor(values.length / 3));
  return [median(values.slice(0, third)), median(values.slice(-third))];
}

function formatMib(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
