import { createCommand } from "../command.ts";
import { argumentInvalid } from "../errors.ts";
import { withMigrator } from "../open-migrator.ts";
import { print, printJson } from "../print.ts";
import { openSetting } from "../setting.ts";

/** `buffkit migrate:down [n]`: undoes the last migrations, the youngest first. */
export const migrateDownCommand = createCommand({
  args: {
    count: { type: "positional", required: false, description: "How many to undo; 1 unless given" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ count = "1", json }) {
    if (!/^[1-9]\d{0,5}$/.test(count))
      throw argumentInvalid({ name: "count", value: count, expected: "a whole number from 1" });
    const setting = await openSetting();
    const undone = await withMigrator(setting, ({ migrator }) => migrator.down(Number(count)));
    if (json) return printJson({ undone });
    print(undone.length === 0 ? "Nothing to undo." : undone.map((name) => `Undid ${name}`).join("\n"));
  },
});
