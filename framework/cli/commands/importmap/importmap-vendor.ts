import { loadVendoring } from "../../../assets/index.ts";
import { createCommand } from "../../terminal/command.ts";
import { print } from "../../terminal/print.ts";
import { editPins } from "./edit-pins.ts";

/** `buffkit importmap:vendor [names]`: copies from node_modules, whose files npm has verified. */
export const importMapVendorCommand = createCommand({
  args: {
    name: {
      type: "positional",
      required: false,
      description: "Installed packages, or modules of them",
    },
  },
  takesMore: true,
  async run({ _: names }) {
    const { syncVendored, vendorModules } = await loadVendoring();
    await editPins(({ importMap, folder, publicFolder }) => {
      const options = { project: folder, publicFolder };
      const pins = names.length > 0 ? vendorModules(names, options) : syncVendored(options);
      for (const [name, pin] of Object.entries(pins)) {
        importMap.pin(name, { ...importMap.pins()[name], ...pin });
        print(`Vendored ${name} as ${pin.to}.`);
      }
      if (Object.keys(pins).length === 0) print("All vendored packages are up to date.");
    });
  },
});
