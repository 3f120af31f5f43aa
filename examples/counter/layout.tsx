import { AppDocument, type LayoutProps } from "buffkit";
import { ExampleHeader } from "../example-page.tsx";

const pages = { "One tick a second": "/", "A shared count": "/shared" };

/** The layout of both pages. A page that names its topics is live. */
export function Layout({ children, ...page }: LayoutProps) {
  const header = <ExampleHeader links={pages} current={page.title} />;
  return (
    <AppDocument {...page} stylesheets={["example.css"]} header={header}>
      <h1>{page.title}</h1>
      <p class="lead">{page.description}</p>
      {children}
    </AppDocument>
  );
}
