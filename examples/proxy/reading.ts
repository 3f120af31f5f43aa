import { z } from "zod";

/** What the upstream tells: the weather of a city, and what a cup of coffee costs there. */
export const readingSchema = z.object({
  city: z.string(),
  celsius: z.number(),
  priceEuro: z.number(),
  at: z.string(),
});

export type Reading = z.infer<typeof readingSchema>;

const cities = ["Lisbon", "Oslo", "Naples", "Quito"];

/** Reading number `index`; the same number is always the same weather, so that nothing is lost by asking again. */
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
