import { describe, expect, it } from "vitest";
import { readNumber } from "./read-number.ts";
import { refuseObjects } from "./refuse-objects.ts";

describe("readNumber", () => {
  it.each([
    ["0", 0],
    ["-12.5", -12.5],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["-9007199254740991", -9007199254740991],
    ["-9007199254740992", "-9007199254740992"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
  ])("reads %s as %j", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
});

describe("refuseObjects", () => {
  it("lets everything pass that a column holds", () => {
    const values = ["a", 1, 1n, true, null, undefined, new Date(0), Buffer.from("a"), new Uint8Array(1)];

    expect(() => refuseObjects(values)).not.toThrow();
  });

  it.each([
    [{ name: 1 }, "An object"],
    [["a"], "A list"],
    [new Map(), "An object"],
    [new ArrayBuffer(1), "An object"],
  ])("refuses %o, wherever it is", (value, kind) => {
    expect(() => refuseObjects(["a", null, value, "b"])).toThrow(
      expect.objectContaining({ code: "DB_VALUE_NOT_STORABLE", message: expect.stringContaining(kind) }),
    );
  });
});
