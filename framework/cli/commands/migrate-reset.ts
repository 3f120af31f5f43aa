import { redactUrl } from "../../db/index.ts";
import { createCommand } from "../command.ts";
import { confirm } from "../confirm.ts";
import { withMigrator } from "../open-migrator.ts";
import { print, printJson, printProgress } from "../print.ts";
import { openSetting } from "../setting.ts";

/** `buffkit migrate:reset`: undoes everything, then applies everything. */
export const migrateResetCommand = createCommand({
  args: {
    yes: { type: "boolean", short: "y", description: "Do not ask" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ yes, json }) {
    const setting = await openSetting();
    const address = redactUrl(setting.settings.database.url);
    if (!(await confirm(`All rows in ${address} will be lost.`, yes))) return print("Nothing was done.");
    printProgress(`Resetting ${address} …`);
    const applied = await withMigrator(setting, ({ migrator }) => migrator.reset());
    if (json) return printJson({ applied });
    print(applied.map((name) => `Applied ${name}`).join("\n"));
  },
});
