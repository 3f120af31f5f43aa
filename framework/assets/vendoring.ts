export { downloadModule } from "./download-module.ts";
export { cleanVendored, syncVendored, vendorModules } from "./vendor-modules.ts";
