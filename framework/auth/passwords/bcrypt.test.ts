import { afterEach, describe, expect, it, vi } from "vitest";
import { isBcrypt, verifyWithPackage } from "./bcrypt.ts";

const digest = `$2b$10$${"./Az09".repeat(9).slice(0, 53)}`;

afterEach(() => void vi.doUnmock("@node-rs/bcrypt"));

/** Installs the optional package, as far as it is used. */
function install(exported: object): void {
  vi.doMock("@node-rs/bcrypt", () => exported);
}

describe("isBcrypt", () => {
  it.each(["$2$", "$2a$", "$2b$", "$2x$", "$2y$"])("knows digests that start with %s", (start) => {
    expect(isBcrypt(digest.replace("$2b$", start))).toBe(true);
  });

  it.each([
    `x${digest}`,
    `${digest}x`,
    digest.slice(0, -1),
    digest.replace("$10$", "$1$"),
    digest.replace("$2b$", "$2c$"),
    `${digest.slice(0, -1)}!`,
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
  ])("knows that %s isn't one", (text) => {
    expect(isBcrypt(text)).toBe(false);
  });
});

describe("verifyWithPackage", () => {
  it("asks the package", async () => {
    const asked: unknown[] = [];
    install({
      verify: async (...given: unknown[]) => {
        asked.push(given);
        return given[0] === "right";
      },
    });

    const results = [await verifyWithPackage("right", digest), await verifyWithPackage("wrong", digest)];

    expect([results, asked]).toEqual([
      [true, false],
      [
        ["right", digest],
        ["wrong", digest],
      ],
    ]);
  });

  it("takes nothing but true for a yes", async () => {
    install({ verify: async () => "yes" });

    expect(await verifyWithPackage("right", digest)).toBe(false);
  });

  it.each([
    ["has another shape", { verify: "a text" }],
    ["has no such function", { verify: undefined }],
  ])("says that a package is missing if the one that is there %s", async (_name, exported) => {
    install(exported);

    await expect(verifyWithPackage("right", digest)).rejects.toMatchObject({ code: "AUTH_MISSING_BCRYPT" });
  });
});
