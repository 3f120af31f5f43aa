import { reasonOf } from "../base/index.ts";
import { downloadFailed, notAModule } from "./errors.ts";
import { fingerprint } from "./fingerprint.ts";
import { isModule, moduleImports } from "./module-imports.ts";
import type { Pin } from "./pin.ts";
import { openVendorLedger } from "./vendor-ledger.ts";

export interface DownloadOptions {
  readonly publicFolder: string;
  /** Default: the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

const maxBytes = 5_000_000;
const timeoutMs = 20_000;

/**
 * Downloads one self-contained module over https into `public/vendor`, with the content hash in its name, and returns its pin.
 * Prefer `vendorModules`, whose files npm has verified. Throws `ASSETS_DOWNLOAD_FAILED` and `ASSETS_NOT_A_MODULE`.
 */
export async function downloadModule(specifier: string, url: string, options: DownloadOptions): Promise<Pin> {
  const source = await load(url, options.fetch ?? fetch);
  if (!isModule(source)) throw notAModule({ specifier, file: url });
  const outside = moduleImports(source).filter((name) => /^[./]|:/.test(name));
  if (outside.length > 0)
    throw downloadFailed({ url, reason: `it imports ${outside.join(", ")}, which isn't part of the file` });
  const to = `vendor/${specifier.replaceAll("@", "").replaceAll("/", "--")}.${fingerprint(source)}.js`;
  openVendorLedger(options.publicFolder).write(specifier, { source: url, to, files: [to] }, new Map([[to, source]]));
  return { to };
}

async function load(url: string, request: NonNullable<DownloadOptions["fetch"]>): Promise<string> {
  if (!url.startsWith("https://")) throw downloadFailed({ url, reason: "only https URLs are allowed" });
  const response = await request(url, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) }).catch(
    (cause: unknown) => {
      throw downloadFailed({ url, reason: reasonOf(cause) });
    },
  );
  if (!response.ok) throw downloadFailed({ url, reason: `the server answered ${response.status}` });
  const type = response.headers.get("Content-Type") ?? "";
  if (!/javascript/.test(type))
    throw downloadFailed({ url, reason: `its content type is ${JSON.stringify(type)}, not JavaScript` });
  const text = await response.text();
  if (text.length > maxBytes) throw downloadFailed({ url, reason: `it's larger than ${maxBytes} bytes` });
  return text;
}
