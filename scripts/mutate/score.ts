export interface Score {
  readonly killed: number;
  readonly total: number;
  /** Between 0 and 1. */
  readonly share: number;
  /** Where the share of all mutations lies with a confidence of 95 % (Wilson's interval). */
  readonly low: number;
  readonly high: number;
}

/** The share of killed mutations, and how far a sample of this size can be trusted. */
export function scoreOf(killed: number, total: number): Score {
  if (total === 0) return { killed, total, share: 0, low: 0, high: 1 };
  const share = killed / total;
  const z = 1.96;
  const middle = share + z ** 2 / (2 * total);
  const reach = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  return { killed, total, share, low: (middle - reach) / scale, high: (middle + reach) / scale };
}

export function formatScore({ killed, total, share, low, high }: Score): string {
  const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
  return `${killed} of ${total}, ${percent(share)} (95 %: ${percent(low)} to ${percent(high)})`;
}
