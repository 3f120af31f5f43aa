import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyChange } from "../docs/checks/apply-change.ts";
import {
  asModule,
  createInstalledFolder,
  createSampleFolder,
  type SampleFolder,
} from "../docs/checks/sample-folder.ts";
import { guides, isCode, type Sample, samplesOf } from "../docs/checks/samples.ts";
import * as door from "../framework/index.ts";
import { isPackageBuilt, typeScriptArguments } from "../framework/test-support/link-packages.ts";

const minute = 60_000;
const samples = guides().flatMap(samplesOf).filter(isCode);
const loose = samples.filter(({ guide, file }) => guide !== "tutorial.md" || file === undefined);
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
      const { output, code } = folder.run("node", [...typeScriptArguments, file]);

      expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    },
  );
});

describe.each(["../README.md", "tutorial.md"])("what the reader of %s writes", (guide) => {
  const parts = samplesOf(guide).filter((sample) => sample.file !== undefined);
  let folder: SampleFolder;

  beforeAll(() => {
    // If `npm test` has built the package, the reader's files use only what the reader installs.
    folder = isPackageBuilt ? createInstalledFolder() : createSampleFolder();
  });
  afterAll(() => folder.remove());

  it("compiles at every step, and its tests and its build pass at the end", { timeout: 3 * minute }, ({ skip }) => {
    const written = isPackageBuilt ? parts : parts.filter(({ file }) => file?.startsWith("app/"));
    const outputs: string[] = [];
    for (const [index, { file = "", language, text }] of written.entries()) {
      folder.write(file, language === "diff" ? applyChange(folder.read(file), text) : text);
      if (isStepEnd(written, index)) outputs.push(folder.run("tsc", ["--noEmit", "-p", "."]).output);
    }

    expect(outputs.join("")).toBe("");
    skip(!isPackageBuilt, "Its own tests and its build need the built package: `npm test` builds it.");
    const test = folder.run("vitest", ["run", "--passWithNoTests"]);
    const build = folder.run("buffkit", ["build"]);
    expect(test.code, test.output).toBe(0);
    expect(build).toEqual({ code: 0, output: expect.stringContaining("Built dist/") });
  });
});

/** A step ends when a file is there that is changed later, and not in the middle of several changes. */
function isStepEnd(parts: readonly Sample[], index: number): boolean {
  const [part, next] = parts.slice(index);
  if (part?.language === "diff" && next?.language === "diff") return false;
  const isChangedLater = parts.slice(index + 1).some(({ file }) => file === part?.file);
  return (isChangedLater || next === undefined) && canStand(parts.slice(0, index + 1));
}

/** Whether every local file that the parts import has been written. */
function canStand(parts: readonly Sample[]): boolean {
  const written = new Set(parts.map(({ file }) => file));
  return parts.every(({ file, text }) =>
    [...text.matchAll(/from "(\.\.?\/[^"]+)"/g)].every(([, path]) => written.has(join(file ?? "", "..", path ?? ""))),
  );
}
