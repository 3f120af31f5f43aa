import { afterAll, describe, expect, it } from "vitest";
import { openProject } from "./test-project.ts";

const parsed = openProject("export const a: number = 1;\n");
afterAll(() => parsed.close());

describe("isSound", () => {
  it("refuses what the compiler refuses", () => {
    expect(parsed.isSound("code.tsx", "export const a: number = '';\n")).toBe(false);
    expect(parsed.isSound("code.tsx", "export const a: number = ;\n")).toBe(false);
  });

  it("accepts a name that isn't used anymore, and code that isn't reached", () => {
    expect(parsed.isSound("code.tsx", "const b = 1;\nexport function a(): void {\n  return;\n  a();\n}\n")).toBe(true);
  });

  it("forgets the text that it was asked about", () => {
    parsed.isSound("code.tsx", "export const a: number = '';\n");

    expect(parsed.parse("code.tsx").text).toBe("export const a: number = 1;\n");
  });
});
