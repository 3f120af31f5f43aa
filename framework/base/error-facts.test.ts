import { describe, expect, it } from "vitest";
import { codeOf, describeThrown, loggedError, reasonOf } from "./error-facts.ts";

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

describe("describeThrown", () => {
  it("shows text as it is, and an object with its properties but without secrets", () => {
    class Box {
      readonly inside = { disk: 1 };
    }
    const thrown = ["full", undefined, { status: 507, authToken: "t", of: { disk: 1 } }, new Box(), [1, 2]];

    expect(thrown.map(describeThrown)).toEqual([
      "full",
      "undefined",
      "{ status: 507, authToken: '[redacted]', of: [Object] }",
      "[Box]",
      "[Array]",
    ]);
  });
});

describe("loggedError", () => {
  it("has the message, code and stack of an error and of its causes", () => {
    const cause = new AggregateError([refused("::1"), "text"]);

    const logged = loggedError(new TypeError("no", { cause }));

    expect(logged).toMatchObject({
      ...{ type: "TypeError", message: "no", stack: expect.stringContaining("error-facts.test.ts") },
      cause: {
        message: "::1; text",
        errors: [
          { message: "::1", code: "ECONNREFUSED" },
          { type: "string", message: "text" },
        ],
      },
    });
  });

  it("ends when errors are each other's cause", () => {
    const first = new Error("first");
    const second = new Error("second", { cause: first });
    first.cause = second;

    expect(JSON.stringify(loggedError(first)).match(/"message":"first"/g)).toHaveLength(3);
  });
});
