import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asModule, createSampleFolder, type SampleFolder } from "../docs/checks/sample-folder.ts";
import { guides, isCode, projectFolder, type Sample, samplesOf } from "../docs/checks/samples.ts";
import * as door from "../framework/index.ts";

const minute = 60_000;
const samples = guides().flatMap(samplesOf).filter(isCode);
const loose = samples.filter((sample) => sample.file === undefined);
const names = Object.keys(door);

function fileOf(sample: Sample): string {
  return `${sample.guide.replace(".md", "")}-${sample.line}.${sample.language}`;
}

describe("the samples of the guides", () => {
  let folder: SampleFolder;

  beforeAll(() => {
    folder = createSampleFolder();
    for (const sample of loose) folder.write(fileOf(sample), asModule(sample, names));
  });
  afterAll(() => folder.remove());

  it("compile against the public doors", { timeout: 2 * minute }, () => {
    const { output, code } = folder.run("tsc", ["--noEmit", "-p", "."]);

    expect(output).toBe("");
    expect(code).toBe(0);
  });

  it.each(loose.filter((sample) => sample.isRun).map((sample) => [fileOf(sample)]))(
    "run to their end: %s",
    { timeout: minute },
    (file) => {
      const { output, code } = folder.run("node", ["--import", "tsx", file]);

      expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    },
  );
});

describe("the tutorial", () => {
  const parts = samplesOf("tutorial.md").filter((sample) => sample.file !== undefined);
  const code = parts.filter(isCode);
  let folder: SampleFolder;

  beforeAll(() => {
    folder = createSampleFolder();
    folder.write("vitest.config.mjs", vitestConfig());
  });
  afterAll(() => folder.remove());

  it("compiles at every step, and its own test passes at the end", { timeout: 3 * minute }, () => {
    const outputs: string[] = [];
    for (const [index, part] of code.entries()) {
      folder.write(part.file ?? "", part.text);
      // A step ends where a file is written anew.
      const isStep = code.slice(index + 1).some(({ file }) => file === part.file) || index === code.length - 1;
      if (isStep && canStand(code.slice(0, index + 1))) outputs.push(folder.run("tsc", ["--noEmit", "-p", "."]).output);
    }
    const test = folder.run("vitest", ["run"]);

    expect(outputs.join("")).toBe("");
    expect(test.output).toContain("passed");
    expect(test.code).toBe(0);
  });
});

/** Whether every own file that the parts import has been written. */
function canStand(parts: readonly Sample[]): boolean {
  const written = new Set(parts.map(({ file }) => file));
  return parts.every(({ file, text }) =>
    [...text.matchAll(/from "(\.\.?\/[^"]+)"/g)].every(([, path]) => written.has(join(file ?? "", "..", path ?? ""))),
  );
}

function vitestConfig(): string {
  return `export { default } from ${JSON.stringify(join(projectFolder, "vitest.config.ts"))};\n`;
}
