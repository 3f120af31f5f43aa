import { describe, expect, it } from "vitest";
import { createCommand } from "./command.ts";

function recording() {
  const seen: unknown[] = [];
  const command = createCommand({
    args: {
      name: { type: "positional", description: "A name" },
      port: { type: "string", description: "A port" },
      "dry-run": { type: "boolean", description: "Nothing happens" },
    },
    run: ({ name, port, "dry-run": isDry }) => void seen.push({ name, port, isDry }),
  });
  return { seen, command };
}

describe("createCommand", () => {
  it("hands over what was typed", async () => {
    const { seen, command } = recording();

    await command.run(["ann", "--port", "4000", "--dry-run"]);

    expect(seen).toEqual([{ name: "ann", port: "4000", isDry: true }]);
  });

  it("refuses a mistyped option and names the one that was meant", async () => {
    const { seen, command } = recording();

    await expect(command.run(["ann", "--prot=1"])).rejects.toThrow(/Did you mean --port/);
    expect(seen).toEqual([]);
  });

  it("refuses to run without what it needs", async () => {
    const { command } = recording();

    await expect(command.run([])).rejects.toThrow(expect.objectContaining({ code: "CLI_ARGUMENT_MISSING" }));
  });

  it("refuses a word too many", async () => {
    const { command } = recording();

    await expect(command.run(["ann", "bob"])).rejects.toThrow(
      expect.objectContaining({ code: "CLI_ARGUMENT_SURPLUS" }),
    );
  });
});
