export { type Assets, type AssetsOptions, createAssets } from "./create-assets.ts";
export { type DownloadOptions, downloadModule } from "./download-module.ts";
export { cspHash, integrityOf } from "./fingerprint.ts";
export type { FingerprintedAsset } from "./fingerprinted-asset.ts";
export { createImportMap, type ImportMap, type ImportMapOptions } from "./import-map.tsx";
export { defaultPins, type Pin, type PinEntry, type PinTarget } from "./pin.ts";
export { type ImportMapJson, importMapProblems } from "./validate-import-map.ts";
export { cleanVendored, syncVendored, type VendorOptions, vendorModules } from "./vendor-modules.ts";
