import { describe, expect, it } from "vitest";
import { createCommand } from "./command.ts";

function recording() {
  const seen: unknown[] = [];
  const command = createCommand({
    args: {
      name: { type: "positional", description: "A name" },
      port: { type: "string", description: "A port" },
      "dry-run": { type: "boolean", description: "Change nothing" },
    },
    run: ({ name, port, "dry-run": isDry }) => void seen.push({ name, port, isDry }),
  });
  return { seen, command };
}

describe("createCommand", () => {
  it("passes on what was typed", async () => {
    const { seen, command } = recording();

    await command.run(["ann", "--port", "4000", "--dry-run"]);

    expect(seen).toEqual([{ name: "ann", port: "4000", isDry: true }]);
  });

  it("refuses a misspelled option and suggests the closest one", async () => {
    const { seen, command } = recording();

    await expect(command.run(["ann", "--prot=1"])).rejects.toThrow(/Did you mean --port/);
    expect(seen).toEqual([]);
  });

  it.each([[], ["ann", "--port"], ["ann", "--port", "--dry-run"]])(
    "refuses to run when a required word or the value of an option is missing",
    async (...words) => {
      const { command } = recording();

      await expect(command.run(words)).rejects.toThrow(expect.objectContaining({ code: "CLI_ARGUMENT_MISSING" }));
    },
  );

  it("refuses a value for an option that takes none", async () => {
    const { command } = recording();

    await expect(command.run(["ann", "--dry-run=no"])).rejects.toThrow(
      expect.objectContaining({ code: "CLI_ARGUMENT_INVALID" }),
    );
  });

  it("accepts --no- before an option that takes no value, and anything after --", async () => {
    const { seen, command } = recording();

    await command.run(["--no-dry-run", "--", "--ann"]);

    expect(seen).toEqual([{ name: "--ann", port: undefined, isDry: false }]);
  });

  it("refuses an extra word", async () => {
    const { command } = recording();

    await expect(command.run(["ann", "bob"])).rejects.toThrow(
      expect.objectContaining({ code: "CLI_ARGUMENT_SURPLUS" }),
    );
  });
});
