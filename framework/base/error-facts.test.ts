import { describe, expect, it } from "vitest";
import { codeOf, reasonOf } from "./error-facts.ts";

const refused = (message = "") => Object.assign(new Error(message), { code: "ECONNREFUSED" });

describe("codeOf", () => {
  it("returns an error's code, or an empty text", () => {
    expect([refused(), new Error("no code"), { code: "x" }].map(codeOf)).toEqual(["ECONNREFUSED", "", ""]);
  });
});

describe("reasonOf", () => {
  it("returns the message, else the code, else the name", () => {
    expect([refused("refused"), refused(), new TypeError(), "text"].map(reasonOf)).toEqual([
      "refused",
      "ECONNREFUSED",
      "TypeError",
      "text",
    ]);
  });

  it("lists the reasons of errors that come as one without a message, as from a host with two addresses", () => {
    expect(reasonOf(new AggregateError([refused("::1"), refused("127.0.0.1")]))).toBe("::1; 127.0.0.1");
  });
});
