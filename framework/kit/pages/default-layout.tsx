import { CsrfField } from "../../forms/index.ts";
import type { Html, LayoutProps } from "../../html/index.ts";
import { AppDocument } from "./app-document.tsx";

/** The page around every fragment, for apps without their own layout: in the framework's style. */
export function DefaultLayout(props: LayoutProps) {
  return (
    <AppDocument
      {...props}
      header={
        <Header appName={props.c.var.kit.appName}>
          <AccountLinks name={props.c.var.user?.name} />
        </Header>
      }
    />
  );
}

/** The same for apps without accounts. */
export function DefaultLayoutWithoutAccounts(props: LayoutProps) {
  return <AppDocument {...props} header={<Header appName={props.c.var.kit.appName} />} />;
}

function Header({ appName, children }: { readonly appName: string; readonly children?: Html }) {
  return (
    <header class="site-header">
      <a class="brand" href="/">
        {appName}
      </a>
      {children}
    </header>
  );
}

function AccountLinks({ name }: { readonly name: string | undefined }) {
  return (
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
  );
}
