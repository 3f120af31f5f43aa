import { FlashArea, type LayoutProps, LiveStream, takeFlash } from "buffkit";
import { ExamplePage } from "../example-page.tsx";

const pages = { "One tick a second": "/", "A shared count": "/shared" };

/** The layout of both pages. A page that names its topics is live. */
export function Layout({ c, title, description = "", topics, children }: LayoutProps) {
  return (
    <ExamplePage
      title={title}
      lead={description}
      links={pages}
      flash={<FlashArea messages={takeFlash(c)} />}
      live={topics ? <LiveStream topics={topics} since={c.var.liveCursor} /> : undefined}
    >
      {children}
    </ExamplePage>
  );
}
