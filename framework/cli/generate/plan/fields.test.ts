import { describe, expect, it } from "vitest";
import { parseFields } from "./fields.ts";

describe("parseFields", () => {
  it("reads types and modifiers in any order", () => {
    const [field] = parseFields(["publishedAt:datetime:unique:nullable"]);

    expect(field).toMatchObject({ column: "published_at", type: "datetime", isNullable: true, isUnique: true });
  });

  it("takes a field without a type for a text of one line", () => {
    expect(parseFields(["title"])[0]).toMatchObject({ type: "string", maxLength: 255 });
  });

  it("lets a reference point to the table of many", () => {
    expect(parseFields(["person:references"])[0]).toMatchObject({
      column: "person_id",
      property: "personId",
      table: "people",
    });
  });

  it("names the type that was meant", () => {
    expect(() => parseFields(["title:strng"])).toThrow(/did you mean string/);
  });

  it("refuses a field that is given twice", () => {
    expect(() => parseFields(["title", "title:text"])).toThrow(/twice/);
  });

  it("refuses columns that every table has", () => {
    expect(() => parseFields(["created_at:datetime"])).toThrow(/by itself/);
  });
});
