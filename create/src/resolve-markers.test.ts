import { describe, expect, it } from "vitest";
import { matchesParts, resolveMarkers } from "./resolve-markers.ts";

const choices = { login: true, mail: false, jobs: false, board: false, docker: false, gherkin: false };

describe("resolveMarkers", () => {
  it("keeps the text of chosen parts and drops the rest", () => {
    expect(resolveMarkers("a<<if login>>b<<end>><<if mail>>c<<end>>d", choices)).toBe("abd");
  });

  it("keeps the text after else if the part wasn't chosen", () => {
    expect(resolveMarkers("<<if mail>>a<<else>>b<<end>>", choices)).toBe("b");
  });

  it("removes the line of a marker on a line of its own", () => {
    expect(resolveMarkers("a\n<<if login>>\nb\n<<end>>\nc\n", choices)).toBe("a\nb\nc\n");
  });

  it("drops a block nested in a dropped block", () => {
    expect(resolveMarkers("<<if mail>>a<<if login>>b<<else>>c<<end>><<else>>d<<end>>", choices)).toBe("d");
  });

  it("refuses a block without an end", () => {
    expect(() => resolveMarkers("<<if mail>>a", choices)).toThrow(RangeError);
  });
});

describe("matchesParts", () => {
  it("requires every term of a condition", () => {
    expect(matchesParts("login & !board", choices)).toBe(true);
    expect(matchesParts("login & mail", choices)).toBe(false);
  });

  it("matches without a condition", () => {
    expect(matchesParts(undefined, choices)).toBe(true);
  });

  it("refuses the name of an unknown part", () => {
    expect(() => matchesParts("logn", choices)).toThrow("no part called logn");
  });
});
