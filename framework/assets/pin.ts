/** Where a pinned module comes from: a path below `public/` (`vendor/htmx.js`), a path on this site (`/x.js`) or an https URL. */
export type PinTarget = string;

/** How a module specifier is resolved in the browser. */
export interface Pin {
  readonly to: PinTarget;
  /** Used instead of `to` in development, for example an unminified build. */
  readonly devTo?: PinTarget;
  /** An https URL that is used, with a warning, as long as the file of `to` is missing. */
  readonly cdn?: string;
  /** Load it with the page instead of when it is first imported; false unless given. */
  readonly preload?: boolean;
  /** The `integrity` of a file on another site. Files of this site get theirs by themselves. */
  readonly integrity?: string;
  /** Path prefix of the importing modules for which the pin counts; everywhere unless given. */
  readonly scope?: string;
}

/** A pin as lists and diagnostics show it. */
export interface PinEntry {
  readonly specifier: string;
  /** What the browser loads. */
  readonly url: string;
  readonly preload: boolean;
  readonly integrity: string | null;
  readonly scope: string | null;
  /** Served by this site. */
  readonly isLocal: boolean;
}

/** The pins of an app that pins nothing itself. Those whose file does not exist are left out. */
export const defaultPins: Readonly<Record<string, Pin>> = {
  app: { to: "app.js" },
  htmx: { to: "vendor/htmx.js" },
  "hx-sse": { to: "vendor/hx-sse.min.js" },
  alpinejs: { to: "vendor/alpinejs.js" },
};
