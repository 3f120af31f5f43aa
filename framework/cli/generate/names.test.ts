import { describe, expect, it } from "vitest";
import { readName, readThingName } from "./names.ts";

describe("readName", () => {
  it("takes every spelling for the same name", () => {
    const spellings = ["BlogPost", "blogPost", "blog_post", "blog-post", "Blog Post"].map(readName);

    expect(new Set(spellings.map(({ kebab, snake, camel, pascal }) => [kebab, snake, camel, pascal].join()))).toEqual(
      new Set(["blog-post,blog_post,blogPost,BlogPost"]),
    );
  });

  it("refuses what leads out of a folder", () => {
    expect(() => readName("../x")).toThrow(expect.objectContaining({ code: "CLI_NAME_INVALID" }));
  });
});

describe("readThingName", () => {
  it("knows irregular plurals, from either side", () => {
    expect(readThingName("person").plural.snake).toBe("people");
    expect(readThingName("people").pascal).toBe("Person");
    expect(readThingName("GoldChild").plural.kebab).toBe("gold-children");
  });

  it("tells one from many where the word does not", () => {
    expect(readThingName("sheep").plural.camel).toBe("sheepList");
  });

  it("refuses words of the language and tables of the framework", () => {
    expect(() => readThingName("class")).toThrow(expect.objectContaining({ code: "CLI_NAME_INVALID" }));
    expect(() => readThingName("user")).toThrow(/table users/);
  });
});
