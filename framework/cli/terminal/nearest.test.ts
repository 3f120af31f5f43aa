import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const commands = ["migrate", "migrate:status", "routes", "dev"];

describe("nearest", () => {
  it("finds the word that was misspelled", () => {
    expect(nearest("mirgate", commands)).toBe("migrate");
    expect(nearest("Routs", commands)).toBe("routes");
    expect(nearest("dve", commands)).toBe("dev");
    expect(nearest("prot", ["port", "host"])).toBe("port");
  });

  it("completes the beginning of a word", () => {
    expect(nearest("migrate:st", commands)).toBe("migrate:status");
  });

  it("finds nothing if nothing is close", () => {
    expect(nearest("deploy", commands)).toBeNull();
  });
});
