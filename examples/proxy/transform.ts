import { type Reading, round } from "./reading.ts";
import type { Wishes } from "./wishes.ts";

/** A reading as the proxy passes it on. */
export interface RelayedReading {
  readonly city: string;
  readonly temperature: number;
  readonly unit: Wishes["unit"];
  readonly price: number;
  readonly currency: Wishes["currency"];
  readonly at: string;
}

/** Units of each currency for a euro; fixed, for the example has no bank. */
const perEuro: Readonly<Record<Wishes["currency"], number>> = { EUR: 1, USD: 1.1, JPY: 160 };

/** The reading in the wished unit and currency. */
export function transform({ city, celsius, priceEuro, at }: Reading, { unit, currency }: Wishes): RelayedReading {
  const temperature = unit === "fahrenheit" ? round((celsius * 9) / 5 + 32, 1) : celsius;
  const price = round(priceEuro * perEuro[currency], currency === "JPY" ? 0 : 2);
  return { city, temperature, unit, price, currency, at };
}

/** Whether the temperature lies within the wished bounds, which are part of the range. */
export function isWanted({ temperature }: RelayedReading, { min, max }: Wishes): boolean {
  return (min === undefined || temperature >= min) && (max === undefined || temperature <= max);
}
