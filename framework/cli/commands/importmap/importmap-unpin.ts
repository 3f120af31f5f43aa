import { loadVendoring } from "../../../assets/index.ts";
import { pinUnknown } from "../../errors.ts";
import { createCommand } from "../../terminal/command.ts";
import { print } from "../../terminal/print.ts";
import { editPins } from "./edit-pins.ts";

/** `buffkit importmap:unpin <name>`. */
export const importMapUnpinCommand = createCommand({
  args: { name: { type: "positional", description: "The name to remove" } },
  async run({ name }) {
    const { cleanVendored } = await loadVendoring();
    await editPins(({ importMap, publicFolder }) => {
      if (!importMap.unpin(name)) throw pinUnknown({ specifier: name });
      const removed = cleanVendored(publicFolder, importMap.pins());
      print(`Unpinned ${name}.${removed.length > 0 ? ` Deleted vendored files of ${removed.join(", ")}.` : ""}`);
    });
  },
});
