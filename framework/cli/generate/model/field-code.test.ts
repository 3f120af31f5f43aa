import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseFields } from "../plan/fields.ts";
import { schemaCode } from "./field-code.ts";

describe("schemaCode", () => {
  it("accepts email addresses with letters of any script, and the form in which browsers send them", () => {
    const [field] = parseFields(["contact:email"]);
    if (!field) throw new Error("no field");

    const schema = new Function("z", `return ${schemaCode(field)}`)(z) as z.ZodType;

    const accepted = ["ann@example.com", "info@münchen.example", "info@उदाहरण.परीक्षा", "a@xn--e1afmkfd.xn--p1ai"];
    const refused = ["", "ann", "ann@", "a b@example.com", "a@b@example.com"];

    expect(accepted.filter((address) => !schema.safeParse(address).success)).toEqual([]);
    expect(refused.filter((address) => schema.safeParse(address).success)).toEqual([]);
  });
});
