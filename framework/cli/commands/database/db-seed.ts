import { runSeeds } from "../../../kit/index.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { loadApp } from "../../project/load-app.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printJson } from "../../terminal/print.ts";

/** `buffkit db:seed`: fills a development database from the files in `seeds/`. */
export const dbSeedCommand = createCommand({
  args: {
    only: { type: "string", valueHint: "name", description: "Run only this seed file" },
    force: { type: "boolean", description: "Run even in production" },
    json: { type: "boolean", description: "Print the result as JSON" },
  },
  async run({ only, force, json }) {
    const context = await openCommandContext();
    const { kit } = await loadApp(context, { worker: false, logLevel: "warn" });
    try {
      const seeded = await runSeeds(kit, { only, force: force === true });
      if (json) return printJson({ seeded });
      print(seeded.length === 0 ? "No seeds to run." : seeded.map((name) => `Ran seed ${name}`).join("\n"));
    } finally {
      await kit.close();
    }
  },
});
