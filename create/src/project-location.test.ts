import { describe, expect, it } from "vitest";
import { CreateError } from "./errors.ts";
import { nameProblem, parseLocation } from "./project-location.ts";

describe("parseLocation", () => {
  it("derives the folder, the package name and the title", () => {
    const location = parseLocation("apps/my-app", "/home/ann");

    expect(location).toEqual({ folder: "/home/ann/apps/my-app", name: "my-app", title: "My app" });
  });

  it("uses the working folder for a dot", () => {
    expect(parseLocation(".", "/home/ann/My Board")).toMatchObject({ folder: "/home/ann/My Board", name: "my-board" });
  });

  it("refuses a name that npm would refuse", () => {
    expect(() => parseLocation("My App", "/home/ann")).toThrow(CreateError);
  });

  it("refuses an empty name", () => {
    expect(() => parseLocation(" ", "/home/ann")).toThrow("it is empty");
  });
});

describe("nameProblem", () => {
  it("accepts a valid name", () => {
    expect(nameProblem("my-app_2.0")).toBeNull();
  });

  it("suggests a name without uppercase letters and spaces", () => {
    expect(nameProblem("My App")).toContain("try my-app");
  });

  it("names the invalid character", () => {
    expect(nameProblem("caf\u00e9")).toContain('"\u00e9"');
  });

  it.each([
    ["My App!", "my-app"],
    ["café ☕", "cafe"],
    ["-._", "my-app"],
    ["_Notes", "notes"],
    ["buffkit", "buffkit-app"],
    ["日本", "my-app"],
    [`${"a".repeat(99)}-bc`, "a".repeat(99)],
  ])("suggests a valid name for %s", (name, suggestion) => {
    expect(nameProblem(name)?.endsWith(`; try ${suggestion}`)).toBe(true);
    expect(nameProblem(suggestion)).toBeNull();
  });

  it("refuses reserved names", () => {
    expect(nameProblem("buffkit")).toContain("reserved");
  });
});
