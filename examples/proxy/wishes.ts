import { z } from "zod";

/** What a reader of the proxy may wish for, by the query of the URL. */
export const wishesSchema = z.object({
  unit: z.enum(["celsius", "fahrenheit"]).default("fahrenheit"),
  currency: z.enum(["EUR", "USD", "JPY"]).default("USD"),
  /** Only readings from this temperature on, in the wished unit. */
  min: z.coerce.number().optional(),
  /** Only readings up to this temperature, in the wished unit. */
  max: z.coerce.number().optional(),
  /** At most so many readings a second; 0 for all. */
  perSecond: z.coerce.number().min(0).max(1000).default(2),
});

export type Wishes = z.infer<typeof wishesSchema>;
