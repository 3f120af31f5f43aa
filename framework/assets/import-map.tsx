import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Logger, silentLogger } from "../base/index.ts";
import { type Html, raw, safeJson } from "../html/index.ts";
import type { Assets } from "./create-assets.ts";
import { invalidImportMap } from "./errors.ts";
import { cspHash } from "./fingerprint.ts";
import { parsePins } from "./parse-pins.ts";
import { defaultPins, type Pin, type PinEntry } from "./pin.ts";
import { assembleImportMap, resolvePin } from "./resolve-pins.ts";
import { type ImportMapJson, importMapProblems } from "./validate-import-map.ts";

export interface ImportMapOptions {
  readonly assets: Assets;
  /** Added to the defaults (`app`, `htmx`, `hx-sse`, if their files exist) and to the pins in `file`. */
  readonly pins?: Readonly<Record<string, Pin | string>>;
  /** The JSON file for `load` and `save`; loaded on creation if it exists. */
  readonly file?: string;
  readonly log?: Logger;
}

/** Maps the names in `import` statements to the files a browser loads. */
export interface ImportMap {
  /** Adds or replaces a pin. Throws `ASSETS_INVALID_IMPORT_MAP` if browsers couldn't use it, `ASSETS_NOT_FOUND` for a missing file. */
  pin(specifier: string, pin: Pin | string): void;
  /** Removes a pin; false if there was none. */
  unpin(specifier: string): boolean;
  /** All pins as browsers see them, sorted by name. */
  list(): PinEntry[];
  /** The pins as a readable table. */
  print(): string;
  /** The pins in the form in which they are saved. */
  pins(): Readonly<Record<string, Pin>>;
  /** The import map as browsers read it. */
  toJSON(): ImportMapJson;
  /** `<script type="importmap">` and the preloads. Put it in the head, before all module scripts. */
  tag(): Html;
  /** Sources that `script-src` needs besides `'self'`: the hash of the inline map, and the origins of modules on other sites. */
  cspSources(): string[];
  /** Writes the pins to `file`. Default: the file in the options. */
  save(file?: string): void;
  /** Adds the pins in `file`. Default: the file in the options. Throws `ASSETS_INVALID_IMPORT_MAP`. */
  load(file?: string): void;
}

/** Creates an import map for the assets. Pins are checked when they are added, so a broken one fails at startup, not in the browser. */
export function createImportMap(options: ImportMapOptions): ImportMap {
  const { assets } = options;
  const context = { assets, log: options.log ?? silentLogger };
  const pins = new Map<string, Pin>(Object.entries(defaultPins).filter(([, pin]) => assets.find(pin.to)));
  let rendered: { readonly text: string; readonly entries: readonly PinEntry[] } | null = null;

  function resolve(): { readonly text: string; readonly entries: readonly PinEntry[] } {
    if (rendered && !assets.isDev) return rendered;
    const entries = [...pins].map(([specifier, pin]) => resolvePin(specifier, pin, context)).sort(bySpecifier);
    rendered = { entries, text: safeJson(assembleImportMap(entries, assets)) };
    return rendered;
  }

  function add(specifier: string, given: Pin | string): void {
    const pin = typeof given === "string" ? { to: given } : given;
    const entry = resolvePin(specifier, pin, context);
    const problems = importMapProblems(assembleImportMap([entry], { ...assets, isDev: true }));
    if (problems.length > 0) throw invalidImportMap({ source: `the pin ${JSON.stringify(specifier)}`, problems });
    pins.set(specifier, pin);
    rendered = null;
  }

  function load(file: string): void {
    for (const [specifier, pin] of Object.entries(parsePins(file, readFileSync(file, "utf8")))) add(specifier, pin);
  }

  if (options.file && existsSync(options.file)) load(options.file);
  for (const [specifier, pin] of Object.entries(options.pins ?? {})) add(specifier, pin);
  return {
    pin: add,
    unpin(specifier) {
      rendered = null;
      return pins.delete(specifier);
    },
    list: () => [...resolve().entries],
    print: () => printTable(resolve().entries),
    pins: () => Object.fromEntries(pins),
    toJSON: () => assembleImportMap(resolve().entries, assets),
    tag: () => <ImportMapTag {...resolve()} />,
    cspSources() {
      const { text, entries } = resolve();
      const origins = entries.filter((entry) => !entry.isLocal).map((entry) => new URL(entry.url).origin);
      return [cspHash(text), ...new Set(origins)];
    },
    save: (file = options.file ?? "importmap.json") =>
      writeFileSync(file, `${JSON.stringify({ pins: Object.fromEntries(pins) }, null, 2)}\n`),
    load: (file = options.file ?? "importmap.json") => load(file),
  };
}

function ImportMapTag({ text, entries }: { text: string; entries: readonly PinEntry[] }) {
  return (
    <>
      <script type="importmap">{raw(text)}</script>
      {entries
        .filter((entry) => entry.preload)
        .map((entry) => (
          <link rel="modulepreload" href={entry.url} integrity={entry.integrity ?? undefined} />
        ))}
    </>
  );
}

function printTable(entries: readonly PinEntry[]): string {
  const width = Math.max(0, ...entries.map((entry) => entry.specifier.length));
  return entries
    .map((entry) => `${entry.specifier.padEnd(width)}  ${entry.url}${entry.preload ? "  (preload)" : ""}`)
    .join("\n");
}

function bySpecifier(a: PinEntry, b: PinEntry): number {
  return a.specifier < b.specifier ? -1 : 1;
}
