import type { AssetFile } from "./locate-asset.ts";

/** An asset with the hash of its content. */
export interface FingerprintedAsset extends AssetFile {
  readonly hash: string;
  /** For `integrity` attributes: `sha384-…`. */
  readonly integrity: string;
}
