import { type Html, raw } from "../../html/index.ts";

export interface DevDocumentProps {
  readonly title: string;
  /** The current entry of the navigation. */
  readonly section: "mail" | "templates" | "live" | "jobs" | "diagnostics" | "none";
  readonly appName: string;
  readonly build: string;
  /** Fills the window; lists and frames scroll, the page as a whole does not. */
  readonly fills?: boolean;
  /** The page answers a form, so it must not be reloaded. */
  readonly isAnswerToForm?: boolean;
  readonly children?: Html;
}

const sections = [
  ["mail", "/__mail", "Mail"],
  ["templates", "/__mail/templates", "Templates"],
  ["live", "/__dev/live", "Live"],
  ["jobs", "/__dev/jobs", "Jobs"],
  ["diagnostics", "/__dev", "Diagnostics"],
] as const;

/** The document around every development page. */
export function DevDocument({ title, section, appName, build, fills, isAnswerToForm, children }: DevDocumentProps) {
  return (
    <>
      {raw("<!doctype html>")}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title} · ${appName}`}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="/__dev/dev.css" />
          <script type="module" src="/__dev/dev.js" data-build={build} data-posted={isAnswerToForm ? "" : undefined} />
        </head>
        <body class={fills ? "fills" : undefined}>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <header class="bar">
            <a class="app" href="/" title={`Open ${appName}`}>
              <Mark />
              <span>{appName}</span>
            </a>
            <nav aria-label="Development">
              {sections.map(([name, href, label]) => (
                <a href={href} aria-current={name === section ? "page" : undefined}>
                  {label}
                </a>
              ))}
            </nav>
            <span class="live" id="dev-live" data-state="connecting" role="status">
              <span class="visually-hidden">Connecting</span>
            </span>
          </header>
          <main id="main" tabindex={-1}>
            {children}
          </main>
        </body>
      </html>
    </>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <rect width="32" height="32" rx="8" class="mark-ground" />
      <path d="M9 6.5v19M9 14.5a6 6 0 1 1 0 10" class="mark-letter" />
      <path d="M16.5 7a9 9 0 0 1 8.5 8.5" class="mark-wave" />
    </svg>
  );
}
