import { HTTPException } from "hono/http-exception";
import { describe, expect, it } from "vitest";
import { orNotFound } from "./or-not-found.ts";

describe("orNotFound", () => {
  it("returns what was found, even if it is empty", () => {
    expect([orNotFound("note"), orNotFound(""), orNotFound(0), orNotFound(false)]).toEqual(["note", "", 0, false]);
  });

  it.each([null, undefined])("throws a 404 for %s", (value) => {
    const find = () => orNotFound(value);

    expect(find).toThrow(HTTPException);
    expect(find).toThrow(expect.objectContaining({ status: 404 }));
  });
});
