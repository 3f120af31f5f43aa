import { describe, expect, it } from "vitest";
import { parseModelName, parseName } from "./names.ts";

describe("parseName", () => {
  it("accepts every case style", () => {
    const spellings = ["BlogPost", "blogPost", "blog_post", "blog-post", "Blog Post"].map(parseName);

    expect(new Set(spellings.map(({ kebab, snake, camel, pascal }) => [kebab, snake, camel, pascal].join()))).toEqual(
      new Set(["blog-post,blog_post,blogPost,BlogPost"]),
    );
  });

  it("refuses a path out of the folder", () => {
    expect(() => parseName("../x")).toThrow(expect.objectContaining({ code: "CLI_NAME_INVALID" }));
  });
});

describe("parseModelName", () => {
  it("knows irregular plurals, in both directions", () => {
    expect(parseModelName("person").plural.snake).toBe("people");
    expect(parseModelName("people").pascal).toBe("Person");
    expect(parseModelName("GoldChild").plural.kebab).toBe("gold-children");
  });

  it("makes a plural for a word that has none", () => {
    expect(parseModelName("sheep").plural.camel).toBe("sheepList");
  });

  it("refuses reserved words and the framework's tables", () => {
    expect(() => parseModelName("class")).toThrow(expect.objectContaining({ code: "CLI_NAME_INVALID" }));
    expect(() => parseModelName("user")).toThrow(/table users/);
  });
});
