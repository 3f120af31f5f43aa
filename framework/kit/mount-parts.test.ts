import { describe, expect, it } from "vitest";
import { arrangeParts } from "./mount-parts.ts";
import type { Part } from "./part.ts";

const part = (name: string): Part => ({ name, mount() {} });

describe("arrangeParts", () => {
  it("puts the app's parts after the built-in ones", () => {
    const arranged = arrangeParts([part("login"), part("events")], [part("boards")]);

    expect(arranged.map((each) => each.name)).toEqual(["login", "events", "boards"]);
  });

  it("lets an app's part replace the built-in one of the same name", () => {
    const own = part("login");

    const arranged = arrangeParts([part("login"), part("events")], [own]);

    expect(arranged[0]).toBe(own);
    expect(arranged).toHaveLength(2);
  });

  it("rejects two parts with the same name", () => {
    expect(() => arrangeParts([], [part("boards"), part("boards")])).toThrowError(/Two parts .* "boards"/);
  });
});
