import { describe, expect, it } from "vitest";
import { parseFields } from "./fields.ts";

describe("parseFields", () => {
  it("parses types and modifiers in any order", () => {
    const [field] = parseFields(["publishedAt:datetime:unique:nullable"]);

    expect(field).toMatchObject({ column: "published_at", type: "datetime", isNullable: true, isUnique: true });
  });

  it("treats a field without a type as a string", () => {
    expect(parseFields(["title"])[0]).toMatchObject({ type: "string", maxLength: 255 });
  });

  it("points a reference to the plural table", () => {
    expect(parseFields(["person:references"])[0]).toMatchObject({
      column: "person_id",
      property: "personId",
      table: "people",
    });
  });

  it("points a reference to the table that is named after it", () => {
    expect(parseFields(["creator:references:users:nullable"])[0]).toMatchObject({
      column: "creator_id",
      property: "creatorId",
      table: "users",
      isNullable: true,
    });
  });

  it("recognizes a misspelled modifier of a reference", () => {
    expect(() => parseFields(["creator:references:nulable"])).toThrow(/did you mean nullable/);
  });

  it("refuses a second table, and a table for what isn't a reference", () => {
    expect(() => parseFields(["creator:references:users:people"])).toThrow(/"people" isn't .* one other table/);
    expect(() => parseFields(["title:string:users"])).toThrow(/length/);
  });

  it("suggests the closest type", () => {
    expect(() => parseFields(["title:strng"])).toThrow(/did you mean string/);
  });

  it("refuses a field that is listed twice", () => {
    expect(() => parseFields(["title", "title:text"])).toThrow(/twice/);
  });

  it("refuses columns that every table has", () => {
    expect(() => parseFields(["created_at:datetime"])).toThrow(/automatically/);
  });
});
