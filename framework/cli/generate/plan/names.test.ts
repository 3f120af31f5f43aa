import { describe, expect, it } from "vitest";
import { parseModelName, parseName } from "./names.ts";

describe("parseName", () => {
  it("takes every spelling for the same name", () => {
    const spellings = ["BlogPost", "blogPost", "blog_post", "blog-post", "Blog Post"].map(parseName);

    expect(new Set(spellings.map(({ kebab, snake, camel, pascal }) => [kebab, snake, camel, pascal].join()))).toEqual(
      new Set(["blog-post,blog_post,blogPost,BlogPost"]),
    );
  });

  it("refuses what leads out of a folder", () => {
    expect(() => parseName("../x")).toThrow(expect.objectContaining({ code: "CLI_NAME_INVALID" }));
  });
});

describe("parseModelName", () => {
  it("knows irregular plurals, from either side", () => {
    expect(parseModelName("person").plural.snake).toBe("people");
    expect(parseModelName("people").pascal).toBe("Person");
    expect(parseModelName("GoldChild").plural.kebab).toBe("gold-children");
  });

  it("tells one from many where the word does not", () => {
    expect(parseModelName("sheep").plural.camel).toBe("sheepList");
  });

  it("refuses words of the language and tables of the framework", () => {
    expect(() => parseModelName("class")).toThrow(expect.objectContaining({ code: "CLI_NAME_INVALID" }));
    expect(() => parseModelName("user")).toThrow(/table users/);
  });
});
