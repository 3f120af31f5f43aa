import { describe, expect, it } from "vitest";
import { relayOptionsSchema } from "./relay-options.ts";
import { isWanted, transform } from "./transform.ts";

const reading = { city: "Oslo", celsius: 20, priceEuro: 2.5, at: "2030-01-01T00:00:00.000Z" };

describe("transform", () => {
  it("converts degrees Celsius to Fahrenheit and euros to dollars by default", () => {
    expect(transform(reading, relayOptionsSchema.parse({}))).toMatchObject({
      temperature: 68,
      price: 2.75,
      currency: "USD",
    });
  });

  it("rounds to whole yen", () => {
    expect(transform(reading, relayOptionsSchema.parse({ currency: "JPY" })).price).toBe(400);
  });
});

describe("isWanted", () => {
  it.each([
    [{ min: 68 }, true],
    [{ max: 68 }, true],
    [{ min: 68.1 }, false],
    [{ max: 67.9 }, false],
    [{}, true],
  ])("includes the bounds %j in the range", (bounds, isWithin) => {
    const options = relayOptionsSchema.parse(bounds);

    expect(isWanted(transform(reading, options), options)).toBe(isWithin);
  });
});
