import { AppDocument, CsrfField, Dropdown, type LayoutProps } from "buffkit";
import type { Context } from "hono";

/** The layout of every page. */
export function Layout(props: LayoutProps) {
  const { c } = props;
  return (
    <AppDocument
      {...props}
      stylesheets={["app.css"]}
      modules={["ago.js", "drag-cards.js"]}
      head={<link rel="icon" type="image/svg+xml" href={c.var.kit.assets.url("logo.svg")} />}
      header={<Header c={c} />}
      footer={<Footer />}
    />
  );
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
            {initialOf(name)}
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

/** The first letter as people see it, with its accents and vowel signs. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name);
  return first?.segment.toUpperCase() ?? "";
}
