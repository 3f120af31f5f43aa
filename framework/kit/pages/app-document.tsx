import { FlashArea, takeFlash } from "../../forms/index.ts";
import { Document, type Html, type LayoutProps, type TextDirection } from "../../html/index.ts";
import { LiveStream } from "../../sse/index.ts";

export interface AppDocumentProps extends LayoutProps {
  /** Stylesheets of the app, after the framework's: paths below `public/`. */
  readonly stylesheets?: readonly string[];
  /** Browser modules of the app, after the framework's: paths below `public/`. */
  readonly modules?: readonly string[];
  /** More elements for the head: preloads, meta elements, an icon of the app's own. Default icon: `logo.svg`, which an app can replace. */
  readonly head?: Html;
  /** Banner and navigation, before the main content. */
  readonly header?: Html;
  readonly footer?: Html;
  /** Language of the page (BCP 47). Default: `en`. */
  readonly lang?: string;
  /** Direction of the text. Default: that of the language. */
  readonly dir?: TextDirection;
  /** Whether the page keeps a live stream open. Default: for logged-in users, and on pages with topics. */
  readonly isLive?: boolean;
}

const htmxScripts = ["vendor/htmx.min.js", "vendor/hx-sse.min.js"];
const frameworkStyles = ["open-props.css", "buffkit.css"];
const frameworkModules = [
  "fragments.js",
  "keep.js",
  "live.js",
  "regions.js",
  "sending.js",
  "sent-input.js",
  "forms.js",
  "alerts.js",
  "modal.js",
  "interface.js",
];

/**
 * The document for an app's layout, with everything the framework needs: its styles, htmx, the browser modules, the form token, flash
 * messages, and the live stream with the page's topics. A layout adds its own header, footer, styles and modules.
 */
export function AppDocument(props: AppDocumentProps) {
  const { c, title, description, topics, lang, dir, head, header, footer, children } = props;
  const { stylesheets = [], modules = [], isLive } = props;
  const { kit, user, liveCursor, csrfToken } = c.var;
  const url = (path: string) => kit.assets.url(path);
  const moduleFiles = [...frameworkModules, ...(kit.dev ? ["live-warnings.js"] : []), ...modules];
  return (
    <Document
      {...{ description, header, footer, lang, dir }}
      title={`${title} · ${kit.appName}`}
      stylesheets={[...frameworkStyles, ...stylesheets].map(url)}
      importMap={kit.importMap.tag()}
      scripts={[
        ...htmxScripts.map((path) => ({ src: url(path) })),
        ...moduleFiles.map((path) => ({ src: url(path), module: true })),
      ]}
      head={
        <>
          <link rel="icon" type="image/svg+xml" href={url("logo.svg")} />
          {head}
        </>
      }
      viewer={user}
      csrfToken={csrfToken}
      // What the visitor opened stays open when the page is morphed.
      htmxConfig={{ morphIgnore: ["data-htmx-powered", "open"] }}
      flash={<FlashArea messages={takeFlash(c)} />}
      live={
        (isLive ?? (user !== null || topics !== undefined)) ? (
          <LiveStream topics={topics} since={liveCursor} />
        ) : undefined
      }
    >
      {children}
    </Document>
  );
}
