import { describe, expect, it } from "vitest";
import { Refusal } from "./errors.ts";
import { problemOf, readPlace } from "./project-location.ts";

describe("readPlace", () => {
  it("makes a folder, a package's name and a title of what was typed", () => {
    const place = readPlace("apps/my-app", "/home/ann");

    expect(place).toEqual({ folder: "/home/ann/apps/my-app", name: "my-app", title: "My app" });
  });

  it("takes the working folder for a dot", () => {
    expect(readPlace(".", "/home/ann/My Board")).toMatchObject({ folder: "/home/ann/My Board", name: "my-board" });
  });

  it("refuses a name that npm would not take", () => {
    expect(() => readPlace("My App", "/home/ann")).toThrow(Refusal);
  });

  it("refuses an empty name", () => {
    expect(() => readPlace(" ", "/home/ann")).toThrow("it is empty");
  });
});

describe("problemOf", () => {
  it("finds nothing wrong with a good name", () => {
    expect(problemOf("my-app_2.0")).toBeNull();
  });

  it("says what would do instead of upper case and spaces", () => {
    expect(problemOf("My App")).toContain("my-app would do");
  });

  it("names the character that cannot be", () => {
    expect(problemOf("caf\u00e9")).toContain('"\u00e9"');
  });

  it("knows names that stand for something else", () => {
    expect(problemOf("buffkit")).toContain("taken");
  });
});
