import { describe, expect, it } from "vitest";
import { Model, tokensOf } from "./model.ts";

async function collect(tokens: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const token of tokens) all.push(token);
  return all;
}

describe("Model", () => {
  const model = new Model({ tokenMs: 0 });

  it("gives the same answer to the same prompt", async () => {
    const { signal } = new AbortController();

    expect(await collect(model.generate("a story", signal))).toEqual(await collect(model.generate("a story", signal)));
  });

  it("resumes at the given token", async () => {
    const { signal } = new AbortController();

    expect(await collect(model.generate("hi", signal, 3))).toEqual(
      (await collect(model.generate("hi", signal))).slice(3),
    );
  });

  it("ends when the signal fires", async () => {
    const abort = new AbortController();

    const tokens: string[] = [];
    for await (const token of model.generate("a story", abort.signal)) {
      tokens.push(token);
      if (tokens.length === 2) abort.abort();
    }

    expect(tokens.length).toBe(2);
  });
});

describe("tokensOf", () => {
  it("loses nothing between the tokens", () => {
    expect(tokensOf("One, two 🌊 three").join("")).toBe("One, two 🌊 three");
  });
});
