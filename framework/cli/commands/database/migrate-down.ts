import { argumentInvalid } from "../../errors.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { withMigrator } from "../../project/with-migrator.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printJson } from "../../terminal/print.ts";

/** `buffkit migrate:down [n]`: undoes the latest migrations, newest first. */
export const migrateDownCommand = createCommand({
  args: {
    count: { type: "positional", required: false, description: "How many to undo (default: 1)" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ count = "1", json }) {
    if (!/^[1-9]\d{0,5}$/.test(count))
      throw argumentInvalid({ name: "count", value: count, expected: "a whole number, at least 1" });
    const context = await openCommandContext();
    const undone = await withMigrator(context, ({ migrator }) => migrator.down(Number(count)));
    if (json) return printJson({ undone });
    print(undone.length === 0 ? "Nothing to undo." : undone.map((name) => `Undid ${name}`).join("\n"));
  },
});
