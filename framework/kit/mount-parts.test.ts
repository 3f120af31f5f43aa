import { describe, expect, it } from "vitest";
import { arrangeParts } from "./mount-parts.ts";
import type { Part } from "./part.ts";

const part = (name: string): Part => ({ name, mount() {} });

describe("arrangeParts", () => {
  it("puts the app's parts behind the built-in ones", () => {
    const arranged = arrangeParts([part("login"), part("events")], [part("boards")]);

    expect(arranged.map((each) => each.name)).toEqual(["login", "events", "boards"]);
  });

  it("lets a part of the app take the place of the built-in one of that name", () => {
    const own = part("login");

    const arranged = arrangeParts([part("login"), part("events")], [own]);

    expect(arranged[0]).toBe(own);
    expect(arranged).toHaveLength(2);
  });

  it("refuses two parts of one name", () => {
    expect(() => arrangeParts([], [part("boards"), part("boards")])).toThrowError(/Two parts .* "boards"/);
  });
});
