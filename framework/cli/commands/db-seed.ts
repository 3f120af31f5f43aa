import { runSeeds } from "../../kit/index.ts";
import { createCommand } from "../command.ts";
import { loadApp } from "../load-app.ts";
import { print, printJson } from "../print.ts";
import { openSetting } from "../setting.ts";

/** `buffkit db:seed`: fills a developer's database from the files of `seeds/`. */
export const dbSeedCommand = createCommand({
  args: {
    only: { type: "string", valueHint: "name", description: "Run the seed of this file alone" },
    force: { type: "boolean", description: "Run in production too" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ only, force, json }) {
    const setting = await openSetting();
    const { kit } = await loadApp(setting, { worker: false, logLevel: "warn" });
    try {
      const seeded = await runSeeds(kit, { only, force: force === true });
      if (json) return printJson({ seeded });
      print(
        seeded.length === 0 ? "There are no seeds to run." : seeded.map((name) => `Seeded with ${name}`).join("\n"),
      );
    } finally {
      await kit.close();
    }
  },
});
