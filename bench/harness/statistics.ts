/** The middle value; for an even number of values the mean of the two middle ones, for none NaN. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? Number.NaN;
  const high = sorted[Math.ceil(middle)] ?? Number.NaN;
  return (low + high) / 2;
}

/** The median of the ratios within each slice, so that a slow slice has no effect. */
export function medianRatio(values: readonly number[], others: readonly number[]): number {
  const pairs = Math.min(values.length, others.length);
  return median(
    Array.from({ length: pairs }, (_, slice) => (values[slice] ?? Number.NaN) / (others[slice] ?? Number.NaN)),
  );
}
