import { openCommandContext } from "../../project/command-context.ts";
import { inspectionConfig, loadApp } from "../../project/load-app.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printJson } from "../../terminal/print.ts";

/** `buffkit importmap:list`: the pins as browsers see them. */
export const importMapListCommand = createCommand({
  args: { json: { type: "boolean", description: "Print the import map as browsers read it" } },
  async run({ json }) {
    const { kit } = await loadApp(await openCommandContext(), inspectionConfig(false));
    if (json) printJson(kit.importMap.toJSON());
    else print(kit.importMap.print() || "No pins.");
    await kit.close();
  },
});
