import { describe, expect, it } from "vitest";
import { isWanted, transform } from "./transform.ts";
import { wishesSchema } from "./wishes.ts";

const reading = { city: "Oslo", celsius: 20, priceEuro: 2.5, at: "2030-01-01T00:00:00.000Z" };

describe("transform", () => {
  it("turns degrees Celsius into Fahrenheit and euros into dollars unless told otherwise", () => {
    expect(transform(reading, wishesSchema.parse({}))).toMatchObject({ temperature: 68, price: 2.75, currency: "USD" });
  });

  it("knows no fractions of a yen", () => {
    expect(transform(reading, wishesSchema.parse({ currency: "JPY" })).price).toBe(400);
  });
});

describe("isWanted", () => {
  it.each([
    [{ min: 68 }, true],
    [{ max: 68 }, true],
    [{ min: 68.1 }, false],
    [{ max: 67.9 }, false],
    [{}, true],
  ])("counts the bounds %j as part of the range", (bounds, isWithin) => {
    const wishes = wishesSchema.parse(bounds);

    expect(isWanted(transform(reading, wishes), wishes)).toBe(isWithin);
  });
});
