import { CsrfField } from "../../forms/index.ts";
import type { LayoutProps } from "../../html/index.ts";
import { AppDocument } from "./app-document.tsx";

/** The page around every fragment, for apps without their own layout: in the framework's style. */
export function DefaultLayout(props: LayoutProps) {
  const { kit, user } = props.c.var;
  return <AppDocument {...props} header={<DefaultHeader appName={kit.appName} name={user?.name} />} />;
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
