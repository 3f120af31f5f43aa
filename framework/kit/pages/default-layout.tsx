import { CsrfField, FlashArea, takeFlash } from "../../forms/index.ts";
import { Document, type LayoutProps } from "../../html/index.ts";
import { LiveStream } from "../../sse/index.ts";

const htmxScripts = ["vendor/htmx.min.js", "vendor/hx-sse.min.js"];
const clientModules = ["live.js", "alerts.js", "modal.js", "forms.js", "interface.js"];

/** The page around every fragment, for apps without their own layout: in the framework's style, and live for logged-in users and on pages with topics. */
export function DefaultLayout({ c, title, description, topics, children }: LayoutProps) {
  const { kit, user, liveCursor, csrfToken } = c.var;
  const { assets, importMap, appName } = kit;
  return (
    <Document
      title={`${title} · ${appName}`}
      description={description}
      importMap={importMap.tag()}
      stylesheets={["open-props.css", "buffkit.css"].map((path) => assets.url(path))}
      scripts={[
        ...htmxScripts.map((path) => ({ src: assets.url(path) })),
        ...clientModules.map((path) => ({ src: assets.url(path), module: true })),
      ]}
      header={<DefaultHeader appName={appName} name={user?.name} />}
      csrfToken={csrfToken}
      flash={<FlashArea messages={takeFlash(c)} />}
      live={user || topics ? <LiveStream topics={topics} since={liveCursor} /> : undefined}
    >
      {children}
    </Document>
  );
}

function DefaultHeader({ appName, name }: { readonly appName: string; readonly name: string | undefined }) {
  return (
    <header class="site-header">
      <a class="brand" href="/">
        {appName}
      </a>
      <nav class="site-nav" aria-label="Main">
        {name === undefined ? (
          <a href="/login">Log in</a>
        ) : (
          <>
            <a href="/account">{name}</a>
            <form method="post" action="/logout">
              <CsrfField />
              <button type="submit" class="secondary">
                Log out
              </button>
            </form>
          </>
        )}
      </nav>
    </header>
  );
}
