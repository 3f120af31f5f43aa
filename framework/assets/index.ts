export { type Assets, type AssetsOptions, createAssets } from "./create-assets.ts";
export { cspHash, integrityOf } from "./fingerprint.ts";
export type { FingerprintedAsset } from "./fingerprinted-asset.ts";
export { createImportMap, type ImportMap, type ImportMapOptions } from "./import-map.tsx";
export { loadVendoring } from "./load-vendoring.ts";
export { defaultPins, type Pin, type PinEntry, type PinTarget } from "./pin.ts";
export { type ImportMapJson, importMapProblems } from "./validate-import-map.ts";
