import { describe, expect, it } from "vitest";
import { readFields } from "./fields.ts";

describe("readFields", () => {
  it("reads types and modifiers in any order", () => {
    const [field] = readFields(["publishedAt:datetime:unique:nullable"]);

    expect(field).toMatchObject({ column: "published_at", type: "datetime", isNullable: true, isUnique: true });
  });

  it("takes a field without a type for a text of one line", () => {
    expect(readFields(["title"])[0]).toMatchObject({ type: "string", maxLength: 255 });
  });

  it("lets a reference point to the table of many", () => {
    expect(readFields(["person:references"])[0]).toMatchObject({
      column: "person_id",
      property: "personId",
      table: "people",
    });
  });

  it("names the type that was meant", () => {
    expect(() => readFields(["title:strng"])).toThrow(/did you mean string/);
  });

  it("refuses a field that is given twice", () => {
    expect(() => readFields(["title", "title:text"])).toThrow(/twice/);
  });

  it("refuses columns that every table has", () => {
    expect(() => readFields(["created_at:datetime"])).toThrow(/by itself/);
  });
});
