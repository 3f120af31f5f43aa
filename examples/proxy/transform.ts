import { type Reading, round } from "./reading.ts";
import type { RelayOptions } from "./relay-options.ts";

/** A reading as the proxy relays it. */
export interface RelayedReading {
  readonly city: string;
  readonly temperature: number;
  readonly unit: RelayOptions["unit"];
  readonly price: number;
  readonly currency: RelayOptions["currency"];
  readonly at: string;
}

/** Fixed exchange rates: units of each currency per euro. */
const perEuro: Readonly<Record<RelayOptions["currency"], number>> = { EUR: 1, USD: 1.1, JPY: 160 };

/** Converts a reading to the requested unit and currency. */
export function transform({ city, celsius, priceEuro, at }: Reading, { unit, currency }: RelayOptions): RelayedReading {
  const temperature = unit === "fahrenheit" ? round((celsius * 9) / 5 + 32, 1) : celsius;
  const price = round(priceEuro * perEuro[currency], currency === "JPY" ? 0 : 2);
  return { city, temperature, unit, price, currency, at };
}

/** Whether the temperature is in the requested range, bounds included. */
export function isWanted({ temperature }: RelayedReading, { min, max }: RelayOptions): boolean {
  return (min === undefined || temperature >= min) && (max === undefined || temperature <= max);
}
