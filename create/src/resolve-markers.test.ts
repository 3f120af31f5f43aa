import { describe, expect, it } from "vitest";
import { holds, resolveMarkers } from "./resolve-markers.ts";

const choices = { login: true, mail: false, jobs: false, board: false, docker: false };

describe("resolveMarkers", () => {
  it("keeps what was chosen and drops what was not", () => {
    expect(resolveMarkers("a<<if login>>b<<end>><<if mail>>c<<end>>d", choices)).toBe("abd");
  });

  it("takes the other side of else", () => {
    expect(resolveMarkers("<<if mail>>a<<else>>b<<end>>", choices)).toBe("b");
  });

  it("removes the line of a marker that has one for itself", () => {
    expect(resolveMarkers("a\n<<if login>>\nb\n<<end>>\nc\n", choices)).toBe("a\nb\nc\n");
  });

  it("keeps nothing of a block within a block that is dropped", () => {
    expect(resolveMarkers("<<if mail>>a<<if login>>b<<else>>c<<end>><<else>>d<<end>>", choices)).toBe("d");
  });

  it("refuses a block without an end", () => {
    expect(() => resolveMarkers("<<if mail>>a", choices)).toThrow(RangeError);
  });
});

describe("holds", () => {
  it("wants every term of a condition", () => {
    expect(holds("login & !board", choices)).toBe(true);
    expect(holds("login & mail", choices)).toBe(false);
  });

  it("holds without a condition", () => {
    expect(holds(undefined, choices)).toBe(true);
  });

  it("refuses the name of a part that does not exist", () => {
    expect(() => holds("logn", choices)).toThrow("no part is called logn");
  });
});
