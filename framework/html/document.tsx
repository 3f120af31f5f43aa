import type { Html } from "./html.ts";
import { raw } from "./html.ts";
import { OnlyStyles, type Viewer } from "./only.tsx";
import { type TextDirection, textDirection } from "./text-direction.ts";

/**
 * A script of this site. `module` scripts use the import map and run after parsing. Others run right away: htmx starts when the document
 * is ready and needs its extensions by then, which deferred scripts don't guarantee.
 */
export interface ScriptLink {
  readonly src: string;
  readonly module?: boolean;
  readonly integrity?: string;
}

export interface DocumentProps {
  readonly title: string;
  readonly children?: Html;
  /** Language of the page (BCP 47). Default: `en`. */
  readonly lang?: string;
  /** Direction of the text. Default: that of the language. */
  readonly dir?: TextDirection;
  readonly description?: string;
  /** URLs of stylesheets, in order. */
  readonly stylesheets?: readonly string[];
  /** Scripts, in order, after the import map. */
  readonly scripts?: readonly ScriptLink[];
  /** The `<ImportMap/>` element. It comes before all module scripts, as browsers require. */
  readonly importMap?: Html;
  /** More elements for the head: icons, preloads, meta elements. */
  readonly head?: Html;
  /** The user who looks at the page, for `Only`. Default: a visitor, who sees nothing of what it wraps. */
  readonly viewer?: Viewer | null;
  /** Sent as `X-CSRF-Token` with every htmx request. */
  readonly csrfToken?: string | null;
  /** htmx settings, rendered as `<meta name="htmx-config">`. */
  readonly htmxConfig?: Readonly<Record<string, unknown>>;
  /** Banner and navigation, before the main content. */
  readonly header?: Html;
  readonly footer?: Html;
  /** The `<FlashArea/>`. Default: an empty live region with the id `bk-flash`. */
  readonly flash?: Html;
  /** The `<LiveStream/>` of the page. Without it the page isn't live and has no connection indicator. */
  readonly live?: Html;
  /** Replaces the default `<ConnectionIndicator/>`. */
  readonly indicator?: Html;
  /** Text of the link that skips the navigation. */
  readonly skipText?: string;
  /** Default: `light dark`. */
  readonly colorScheme?: string;
  readonly bodyClass?: string;
}

/**
 * The base layout: a complete HTML document with everything the framework needs. All scripts are files, so `script-src 'self'` and the
 * hash of the import map are enough for the policy.
 */
export function Document(props: DocumentProps) {
  const { lang = "en", dir = textDirection(lang) === "rtl" ? "rtl" : undefined } = props;
  const headers = props.csrfToken ? JSON.stringify({ "X-CSRF-Token": props.csrfToken }) : undefined;
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={lang} dir={dir}>
        <DocumentHead {...props} />
        <body class={props.bodyClass} hx-headers:inherited={headers}>
          {props.viewer ? <OnlyStyles viewer={props.viewer} /> : null}
          <a class="bk-skip" href="#main">
            {props.skipText ?? "Skip to content"}
          </a>
          {props.header}
          {props.flash ?? <div id="bk-flash" role="status" aria-live="polite" />}
          <main id="main" tabindex={-1}>
            {props.children}
          </main>
          {props.footer}
          <dialog id="bk-dialog" data-modal hx-morph-skip />
          {props.live}
          {props.live ? (props.indicator ?? <ConnectionIndicator />) : null}
        </body>
      </html>
    </>
  );
}

/**
 * Shows whether the page is live. The client module updates `data-state` and the text: `live`, `connecting`, `disconnected` while it
 * tries again, or `refused` if the visitor may not listen to a topic of the page.
 */
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
