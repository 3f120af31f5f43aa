import { CsrfField, Document, Dropdown, FlashArea, type Kit, type LayoutProps, LiveStream, takeFlash } from "buffkit";
import type { Context } from "hono";

declare module "buffkit" {
  interface PageOptions {
    /** Topics that the page's live stream subscribes to. */
    readonly topics?: readonly string[];
  }
}

const htmxScripts = ["vendor/htmx.min.js", "vendor/hx-sse.min.js"];

/** The layout of every page. */
export function Layout({ title, description, topics = [], c, children }: LayoutProps) {
  const { user, kit } = c.var;
  const asset = (path: string) => kit.assets.url(path);
  return (
    <Document
      title={`${title} · ${kit.appName}`}
      {...(description ? { description } : {})}
      stylesheets={["open-props.css", "buffkit.css", "app.css"].map(asset)}
      importMap={kit.importMap.tag()}
      head={<link rel="icon" type="image/svg+xml" href={asset("logo.svg")} />}
      scripts={[
        ...htmxScripts.map((path) => ({ src: asset(path) })),
        ...modulesFor(kit).map((path) => ({ src: asset(path), module: true })),
      ]}
      csrfToken={c.var.csrfToken}
      htmxConfig={{ morphIgnore: ["data-htmx-powered", "open"] }}
      header={<Header c={c} />}
      flash={<FlashArea messages={takeFlash(c)} />}
      footer={<Footer />}
      live={user ? <LiveStream topics={topics} since={c.var.liveCursor} id={streamId(topics)} /> : undefined}
    >
      {children}
    </Document>
  );
}

function modulesFor(kit: Kit): readonly string[] {
  const modules = ["live.js", "alerts.js", "modal.js", "forms.js", "interface.js", "ago.js", "drag-cards.js"];
  return kit.dev ? [...modules, "live-warnings.js"] : modules;
}

// Boosted navigation keeps the previous page's stream if the id is the same; pages with other topics need a stream of their own.
function streamId(topics: readonly string[]): string {
  return ["bk-live", ...topics].join("-").replace(/[^\w-]/g, "-");
}

function Header({ c }: { readonly c: Context }) {
  const { user, kit } = c.var;
  return (
    <header class="site-header">
      <a class="brand" href="/">
        <img src={kit.assets.url("logo.svg")} alt="" width="28" height="28" />
        {kit.appName}
      </a>
      <nav class="site-nav" aria-label="Main">
        {user ? (
          <>
            <a href="/boards" hx-boost="true" aria-current={c.req.path.startsWith("/boards") ? "page" : undefined}>
              Boards
            </a>
            <UserMenu name={user.name} />
          </>
        ) : (
          <>
            <a href="/login" aria-current={c.req.path === "/login" ? "page" : undefined}>
              Log in
            </a>
            <a class="button" href="/register">
              Sign up
            </a>
          </>
        )}
      </nav>
    </header>
  );
}

function UserMenu({ name }: { readonly name: string }) {
  return (
    <Dropdown
      id="user-menu"
      group="menus"
      label={
        <>
          <span class="initial" aria-hidden="true">
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span class="user-name">{name}</span>
        </>
      }
    >
      <a href="/account">Account</a>
      <form method="post" action="/logout">
        <CsrfField />
        <button type="submit">Log out</button>
      </form>
    </Dropdown>
  );
}

function Footer() {
  return (
    <footer class="site-footer">
      <span>A team board, live in every open page.</span>
      <span>
        Made with <a href="https://www.npmjs.com/package/buffkit">Buffkit</a>
      </span>
    </footer>
  );
}
