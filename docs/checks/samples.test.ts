import { describe, expect, it } from "vitest";
import { parseSamples } from "./samples.ts";

const guide = ["# Guide", "", "## Start", "", "Write `app/main.ts`:", "", "```ts run", "const one = 1;", "```"].join(
  "\n",
);

describe("the blocks of a guide", () => {
  it("say their file in the line above", () => {
    expect(parseSamples("guide.md", guide)).toEqual([
      {
        guide: "guide.md",
        section: "Start",
        line: 7,
        language: "ts",
        file: "app/main.ts",
        isRun: true,
        isAttacked: false,
        text: "const one = 1;\n",
      },
    ]);
  });

  it("have no file when the line above names none", () => {
    const texts = ["Like this:", "Run `npm test`:", "See `app/main.ts`.", "In `app/main.ts`: a note"];

    const files = texts.map((line) => parseSamples("guide.md", `${line}\n\n\`\`\`ts\n\`\`\``)[0]?.file);

    expect(files).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("don't take the file of an earlier block", () => {
    const [, second] = parseSamples("guide.md", `${guide}\n\n\`\`\`ts\nconst two = 2;\n\`\`\``);

    expect(second?.file).toBeUndefined();
  });
});
