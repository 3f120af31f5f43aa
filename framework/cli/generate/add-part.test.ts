import { describe, expect, it } from "vitest";
import { addPart } from "./add-part.ts";

const part = { name: "posts", from: "./parts/posts/part.ts" };

describe("addPart", () => {
  it("adds the import and the name", () => {
    const text = 'import { wire } from "buffkit";\n\nconst kit = await wire(app, { parts: [home, boards] });\n';

    expect(addPart(text, part)).toBe(
      'import { wire } from "buffkit";\nimport { posts } from "./parts/posts/part.ts";\n\nconst kit = await wire(app, { parts: [home, boards, posts] });\n',
    );
  });

  it("leaves the source alone if it finds no list", () => {
    expect(addPart('import { wire } from "buffkit";\nwire(app, { parts });\n', part)).toBeNull();
  });

  it("leaves the source alone if the name is already used", () => {
    expect(addPart('import { posts } from "./posts.ts";\nwire(app, { parts: [] });\n', part)).toBeNull();
  });
});
