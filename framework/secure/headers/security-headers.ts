import { formatPolicy, type PolicyDirectives } from "./content-security-policy.ts";

export interface SecurityHeadersOptions {
  /** Adds Strict-Transport-Security (two years, with subdomains). Default: false, so that plain http keeps working on localhost. */
  readonly production?: boolean;
  /** Policy directives that replace the default of the same name; an empty list removes it. */
  readonly policy?: PolicyDirectives;
  /** Policy sources added to the defaults, for example by development tools. */
  readonly addToPolicy?: PolicyDirectives;
  /** Hashes (`sha256-…`) of the inline scripts that may run; a function if the import map can change. */
  readonly scriptHashes?: readonly string[] | (() => readonly string[]);
  /** Any header by name: a string replaces the default, `false` removes the header. */
  readonly headers?: Readonly<Record<string, string | false>>;
}

const everyResponse: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy":
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
  // Off, because the filter had holes of its own; browsers have since dropped it.
  "X-XSS-Protection": "0",
  "X-Permitted-Cross-Domain-Policies": "none",
};

const everyDocument: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const transport = "max-age=63072000; includeSubDomains";

/** The headers of every response as a plain object, for responses that bypass middleware, such as raw event streams. */
export function securityHeaders(options: SecurityHeadersOptions = {}): Record<string, string> {
  return override(
    {
      "Content-Security-Policy": formatPolicy({
        replace: options.policy,
        add: options.addToPolicy,
        scriptHashes: readScriptHashes(options),
      }),
      ...everyResponse,
      ...(options.production ? { "Strict-Transport-Security": transport } : {}),
    },
    options,
    true,
  );
}

/** The headers that HTML documents get in addition. */
export function documentHeaders(options: SecurityHeadersOptions = {}): Record<string, string> {
  return override({ ...everyDocument }, options, false);
}

/** The current hashes. */
export function readScriptHashes(options: SecurityHeadersOptions): readonly string[] {
  const hashes = options.scriptHashes ?? [];
  return typeof hashes === "function" ? hashes() : hashes;
}

function override(
  headers: Record<string, string>,
  options: SecurityHeadersOptions,
  mayAdd: boolean,
): Record<string, string> {
  for (const [wanted, value] of Object.entries(options.headers ?? {})) {
    const present = Object.keys(headers).find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (present) delete headers[present];
    const isDocumentOnly = Object.keys(everyDocument).some((name) => name.toLowerCase() === wanted.toLowerCase());
    if (value !== false && (present || (mayAdd && !isDocumentOnly))) headers[present ?? wanted] = value;
  }
  return headers;
}
