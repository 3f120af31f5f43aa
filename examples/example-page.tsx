import { Document, type Html } from "buffkit";

export interface ExamplePageProps {
  readonly title: string;
  /** One sentence under the heading. */
  readonly lead: string;
  /** The pages of the example: names and paths. */
  readonly links: Readonly<Record<string, string>>;
  /** The page's own module, if it has one. */
  readonly script?: string;
  /** The `<LiveStream/>` of a page that htmx updates. */
  readonly live?: Html;
  readonly children?: Html;
}

const liveScripts = [
  { src: "/vendor/htmx.min.js" },
  { src: "/vendor/hx-sse.min.js" },
  { src: "/live.js", module: true },
  { src: "/alerts.js", module: true },
  { src: "/interface.js", module: true },
];

/** The page around the content of all examples: a heading, a sentence, and links between their pages. */
export function ExamplePage({ title, lead, links, script, live, children }: ExamplePageProps) {
  const own = script ? [{ src: script, module: true }] : [];
  return (
    <Document
      title={title}
      stylesheets={["/example.css"]}
      head={<link rel="icon" type="image/svg+xml" href="/logo.svg" />}
      scripts={live ? [...liveScripts, ...own] : own}
      live={live}
      header={<ExampleHeader links={links} current={title} />}
    >
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {children}
    </Document>
  );
}

/** Links to the pages of an example. */
export function ExampleHeader({ links, current }: { links: Readonly<Record<string, string>>; current: string }) {
  return (
    <header>
      <nav aria-label="Pages">
        {Object.entries(links).map(([name, path]) => (
          <a href={path} aria-current={name === current ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
    </header>
  );
}
