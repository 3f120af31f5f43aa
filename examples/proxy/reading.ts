import { z } from "zod";

/** A reading of the upstream: the weather in a city, and the price of a cup of coffee there. */
export const readingSchema = z.object({
  city: z.string(),
  celsius: z.number(),
  priceEuro: z.number(),
  at: z.string(),
});

export type Reading = z.infer<typeof readingSchema>;

const cities = ["Lisbon", "Oslo", "Naples", "Quito"];

/** Reading number `index`. The same number always gives the same weather, so that it can be requested again. */
export function readingNumber(index: number, at: Date): Reading {
  const city = cities[index % cities.length] ?? "Lisbon";
  const phase = index * 0.7;
  return {
    city,
    celsius: round(15 + 18 * Math.sin(phase), 1),
    priceEuro: round(3 + Math.cos(phase), 2),
    at: at.toISOString(),
  };
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
