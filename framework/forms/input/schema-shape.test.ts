import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { StandardSchema } from "../../base/index.ts";
import { fileField, filesField } from "../uploads/file-field.ts";
import { hasFileField, mayTakeFiles } from "./schema-shape.ts";

const foreign: StandardSchema = { "~standard": { version: 1, vendor: "own", validate: (value) => ({ value }) } };

describe("hasFileField", () => {
  it.each([
    ["fileField()", fileField()],
    ["filesField()", filesField()],
    ["a field with something around it", fileField().transform((file) => file?.kind)],
    ["a field with a check", fileField().refine((file) => file !== null, "Choose a file.")],
    ["an optional field", fileField().optional()],
    ["z.file()", z.file()],
    ["a list of z.file()", z.array(z.file())],
  ])("finds %s", (_, field) => {
    expect(hasFileField(z.object({ title: z.string(), field }))).toBe(true);
    expect(mayTakeFiles(z.object({ title: z.string(), field }))).toBe(true);
  });

  it.each([
    ["text", z.string()],
    ["what can't be told", z.instanceof(File)],
  ])("finds no file in %s", (_, field) => {
    expect(hasFileField(z.object({ field }))).toBe(false);
  });
});

describe("mayTakeFiles", () => {
  it("is true for what can't be told, and false for text", () => {
    expect(mayTakeFiles(z.object({ field: z.instanceof(File) }))).toBe(true);
    expect(mayTakeFiles(foreign)).toBe(true);
    expect(mayTakeFiles(z.object({ field: z.string(), list: z.array(z.number()) }))).toBe(false);
  });
});
