import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkFolder, ProjectFolder } from "./project-folder.ts";

const files = [
  { path: "app/main.ts", text: "main" },
  { path: ".env", text: "secret" },
];
let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "create-buffkit-"));
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe("checkFolder", () => {
  it("accepts a folder that doesn't exist, and one with only a repository", () => {
    mkdirSync(join(parent, "app", ".git"), { recursive: true });

    expect(() => checkFolder(join(parent, "new"))).not.toThrow();
    expect(() => checkFolder(join(parent, "app"))).not.toThrow();
  });

  it("refuses a folder that isn't empty, and names its content", () => {
    writeFileSync(join(parent, "notes.txt"), "");

    expect(() => checkFolder(parent)).toThrow("notes.txt");
  });

  it("refuses a file", () => {
    writeFileSync(join(parent, "file"), "");

    expect(() => checkFolder(join(parent, "file"))).toThrow("is a file");
  });
});

describe("ProjectFolder", () => {
  it("puts all files into a new folder, and nothing next to it", () => {
    new ProjectFolder(join(parent, "app")).write(files);

    expect(readFileSync(join(parent, "app", "app", "main.ts"), "utf8")).toBe("main");
    expect(readdirSync(parent)).toEqual(["app"]);
  });

  it.skipIf(process.platform === "win32")("lets nobody else read the secret", () => {
    new ProjectFolder(join(parent, "app")).write(files);

    expect(statSync(join(parent, "app", ".env")).mode & 0o077).toBe(0);
  });

  it("removes everything it created, including parent folders", () => {
    const folder = new ProjectFolder(join(parent, "deep", "app"));
    folder.write(files);

    folder.remove();

    expect(readdirSync(parent)).toEqual([]);
  });

  it("keeps what was in an existing folder", () => {
    mkdirSync(join(parent, ".git"));
    const folder = new ProjectFolder(parent);
    folder.write(files);
    mkdirSync(join(parent, "node_modules"));

    folder.remove();

    expect(readdirSync(parent)).toEqual([".git"]);
  });

  it("leaves nothing behind if a file can't be written", () => {
    const broken = [...files, { path: "app/main.ts/below-a-file", text: "" }];

    expect(() => new ProjectFolder(join(parent, "app")).write(broken)).toThrow("Can't write to");
    expect(existsSync(join(parent, "app"))).toBe(false);
    expect(readdirSync(parent)).toEqual([]);
  });
});
