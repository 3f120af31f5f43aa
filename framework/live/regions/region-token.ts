import type { Signer } from "../../secure/index.ts";

/** What a page says about a region that it shows. */
export interface RegionToken {
  readonly name: string;
  /** As canonical JSON. */
  readonly params: string;
}

const purpose = "live region";

/** Signs what a page may ask its stream for, so that nobody can make the server load anything else. */
export function signRegion(signer: Signer, { name, params }: RegionToken): string {
  const text = JSON.stringify([name, params]);
  return signer.sign(Buffer.from(text).toString("base64url"), purpose);
}

/** Null if it isn't signed by this app. */
export function readRegion(signer: Signer, token: string): RegionToken | null {
  const value = signer.verify(token, purpose);
  if (value === null) return null;
  const [name, params]: unknown[] = JSON.parse(Buffer.from(value, "base64url").toString());
  return { name: String(name), params: String(params) };
}
