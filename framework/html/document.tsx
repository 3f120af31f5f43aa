import type { Html } from "./html.ts";
import { raw } from "./raw.ts";

/**
 * A script file of this site. `module` scripts see the import map and run after parsing. The others run where they stand: htmx starts
 * when the document is ready, and must know its extensions by then, which deferred scripts do not ensure.
 */
export interface ScriptLink {
  readonly src: string;
  readonly module?: boolean;
  readonly integrity?: string;
}

export interface DocumentProps {
  readonly title: string;
  readonly children?: Html;
  /** Language of the page, BCP 47; `en` unless given. */
  readonly lang?: string;
  readonly description?: string;
  /** URLs of style sheets, in order. */
  readonly stylesheets?: readonly string[];
  /** Scripts, in order; they come after the import map. */
  readonly scripts?: readonly ScriptLink[];
  /** The `<ImportMap/>` element, placed before every module script as browsers demand. */
  readonly importMap?: Html;
  /** More of the head: icons, preloads, meta elements. */
  readonly head?: Html;
  /** Sent as `X-CSRF-Token` with every htmx request of the page. */
  readonly csrfToken?: string | null;
  /** Settings of htmx, written as `<meta name="htmx-config">`. */
  readonly htmxConfig?: Readonly<Record<string, unknown>>;
  /** Banner and navigation, above the main part. */
  readonly header?: Html;
  readonly footer?: Html;
  /** The `<FlashArea/>`; an empty live region with id `bk-flash` unless given. */
  readonly flash?: Html;
  /** The `<LiveStream/>` of the page; without it the page is not live and shows no connection indicator. */
  readonly live?: Html;
  /** Replaces the shipped `<ConnectionIndicator/>`. */
  readonly indicator?: Html;
  /** Text of the link that jumps over the navigation. */
  readonly skipText?: string;
  /** `light dark` unless given. */
  readonly colorScheme?: string;
  readonly bodyClass?: string;
}

/**
 * The base layout: a complete HTML document with everything that the framework needs in its place. All scripts are files, so
 * `script-src 'self'` plus the import map's hash suffices.
 */
export function Document(props: DocumentProps) {
  const headers = props.csrfToken ? JSON.stringify({ "X-CSRF-Token": props.csrfToken }) : undefined;
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={props.lang ?? "en"}>
        <DocumentHead {...props} />
        <body class={props.bodyClass} hx-headers:inherited={headers}>
          <a class="bk-skip" href="#main">
            {props.skipText ?? "Skip to content"}
          </a>
          {props.header}
          {props.flash ?? <div id="bk-flash" role="status" aria-live="polite" />}
          <main id="main" tabindex={-1}>
            {props.children}
          </main>
          {props.footer}
          {props.live}
          {props.live ? (props.indicator ?? <ConnectionIndicator />) : null}
        </body>
      </html>
    </>
  );
}

/** Says whether the page is live. The client module keeps `data-state` and the text true: `live`, `connecting` or `disconnected`. */
export function ConnectionIndicator() {
  return (
    <span id="bk-connection" class="bk-connection" data-state="connecting" role="status">
      Connecting
    </span>
  );
}

function DocumentHead(props: DocumentProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={props.colorScheme ?? "light dark"} />
      <title>{props.title}</title>
      {props.description ? <meta name="description" content={props.description} /> : null}
      {props.htmxConfig ? <meta name="htmx-config" content={JSON.stringify(props.htmxConfig)} /> : null}
      {props.importMap}
      {props.stylesheets?.map((href) => (
        <link rel="stylesheet" href={href} />
      ))}
      {props.head}
      {props.scripts?.map((script) => (
        <DocumentScript {...script} />
      ))}
    </head>
  );
}

function DocumentScript({ src, module, integrity }: ScriptLink) {
  return module ? <script type="module" src={src} integrity={integrity} /> : <script src={src} integrity={integrity} />;
}
