import { z } from "zod";

/** The query parameters of the relayed stream. */
export const relayOptionsSchema = z.object({
  unit: z.enum(["celsius", "fahrenheit"]).default("fahrenheit"),
  currency: z.enum(["EUR", "USD", "JPY"]).default("USD"),
  /** The lowest temperature to relay, in `unit`. */
  min: z.coerce.number().optional(),
  /** The highest temperature to relay, in `unit`. */
  max: z.coerce.number().optional(),
  /** The highest number of readings per second; 0 relays all. */
  perSecond: z.coerce.number().min(0).max(1000).default(2),
});

export type RelayOptions = z.infer<typeof relayOptionsSchema>;
