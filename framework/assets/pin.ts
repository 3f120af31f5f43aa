/** Where a pinned module comes from: a path in `public/` (`vendor/htmx.js`), a path on this site (`/x.js`) or an https URL. */
export type PinTarget = string;

/** How a module specifier is resolved in the browser. */
export interface Pin {
  readonly to: PinTarget;
  /** Replaces `to` in development, for example with an unminified build. */
  readonly devTo?: PinTarget;
  /** An https URL to use, with a warning, while the file of `to` is missing. */
  readonly cdn?: string;
  /** Load it with the page instead of when it's first imported. Default: false. */
  readonly preload?: boolean;
  /** The `integrity` of a file on another site. It's computed for files on this site. */
  readonly integrity?: string;
  /** Path prefix of the importing modules the pin applies to. Default: all modules. */
  readonly scope?: string;
}

/** A pin as shown in lists and diagnostics. */
export interface PinEntry {
  readonly specifier: string;
  /** The URL the browser loads. */
  readonly url: string;
  readonly preload: boolean;
  readonly integrity: string | null;
  readonly scope: string | null;
  /** Served by this site. */
  readonly isLocal: boolean;
}

/** The pins of every app, if their files exist. */
export const defaultPins: Readonly<Record<string, Pin>> = {
  app: { to: "app.js" },
  htmx: { to: "vendor/htmx.js" },
  "hx-sse": { to: "vendor/hx-sse.min.js" },
  alpinejs: { to: "vendor/alpinejs.js" },
};
