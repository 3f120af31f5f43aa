import { redactUrl } from "../../../db/index.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { withMigrator } from "../../project/with-migrator.ts";
import { createCommand } from "../../terminal/command.ts";
import { confirm } from "../../terminal/confirm.ts";
import { print, printJson, printProgress } from "../../terminal/print.ts";

/** `buffkit migrate:reset`: undoes all migrations and applies them again. */
export const migrateResetCommand = createCommand({
  args: {
    yes: { type: "boolean", short: "y", description: "Don't ask for confirmation" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ yes, json }) {
    const context = await openCommandContext();
    const address = redactUrl(context.settings.database.url);
    if (!(await confirm(`This deletes all rows in ${address}.`, yes))) return print("Canceled. Nothing was changed.");
    printProgress(`Resetting ${address} …`);
    const applied = await withMigrator(context, ({ migrator }) => migrator.reset());
    if (json) return printJson({ applied });
    print(applied.map((name) => `Applied ${name}`).join("\n"));
  },
});
