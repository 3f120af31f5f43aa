import type { AssetFile } from "./locate-asset.ts";

/** An asset whose content is known. */
export interface FingerprintedAsset extends AssetFile {
  readonly hash: string;
  /** For `integrity` attributes: `sha384-…`. */
  readonly integrity: string;
}
