// How a new app differs from the repository's own app, by file (paths in the new app). A pair replaces text that occurs exactly once;
// `every` replaces all occurrences; `append` adds to the end. `<<if …>>` and `<<end>>` enclose text for chosen parts only.

import { readFileSync } from "node:fs";

const notesCss = readFileSync(new URL("notes.css", import.meta.url), "utf8").trim();
const ago = [['from "./ago.tsx"', 'from "../../../components/ago.tsx"']];
const rootOfTests = [['new URL("../..", import.meta.url)', 'new URL("../../..", import.meta.url)']];

const part = (when, text, otherwise) =>
  otherwise === undefined ? `<<if ${when}>>${text}<<end>>` : `<<if ${when}>>${text}<<else>>${otherwise}<<end>>`;

export const edits = {
  "app/app.tsx": [
    [
      'import { boardPresence } from "./parts/boards/board-presence.ts";\nimport { boards } from "./parts/boards/part.ts";\n',
      `${part(
        "board",
        'import { boardPresence } from "./parts/boards/board-presence.ts";\nimport { boards } from "./parts/boards/part.ts";\n',
      )}${part(
        "login & !board",
        'import { dashboard } from "./parts/dashboard/part.tsx";\n',
      )}${part("mail", 'import { feedback } from "./parts/feedback/part.tsx";\n')}`,
    ],
    [
      'import { home } from "./parts/home/part.tsx";',
      `import { home } from "./parts/home/part.tsx";${part(
        "jobs",
        '\nimport { report } from "./parts/report/part.ts";',
      )}`,
    ],
    ['appName: "Teamboard"', 'appName: "<<title>>"'],
    ["  const kit: Kit = await wire(", `  const kit${part("board", ": Kit")} = await wire(`],
    [
      "    sse: { ...config.sse, presence: boardPresence(() => kit) },\n",
      part("board", "    sse: { ...config.sse, presence: boardPresence(() => kit) },\n"),
    ],
    [
      "parts: [home, boards],",
      `parts: [home${part("board", ", boards")}${part("login & !board", ", dashboard")}${part(
        "mail",
        ', feedback("team@example.com")',
      )}${part("jobs", ", report")}],`,
    ],
    [
      '    auth: { afterLogin: "/boards" },\n',
      `${part(
        "login",
        `    auth: { afterLogin: "/${part("board", "boards", "dashboard")}" },\n`,
        "    // No accounts. Replace `false` with settings to add them.\n    auth: false,\n",
      )}${part("!login & !mail", '    mail: "log",\n')}`,
    ],
  ],
  "app/layout.tsx": [
    [
      'import { AppDocument, CsrfField, Dropdown, type LayoutProps } from "buffkit";',
      `import { AppDocument, ${part("login", "CsrfField, Dropdown, ")}type LayoutProps } from "buffkit";`,
    ],
    [', "drag-cards.js"]', `${part("board", ', "drag-cards.js"')}]`],
    [
      "  const { user, kit } = c.var;\n  return (\n    <header",
      `  const { ${part("login", "user, ")}kit } = c.var;\n  return (\n    <header`,
    ],
    ['      <nav class="site-nav"', '<<if login>>\n      <nav class="site-nav"'],
    ["      </nav>\n", "      </nav>\n<<end>>\n"],
    [
      `            <a href="/boards" hx-boost="true" aria-current={c.req.path.startsWith("/boards") ? "page" : undefined}>
              Boards
`,
      part(
        "board",
        `            <a href="/boards" hx-boost="true" aria-current={c.req.path.startsWith("/boards") ? "page" : undefined}>
              Boards
`,
        `            <a href="/dashboard" aria-current={c.req.path === "/dashboard" ? "page" : undefined}>
              Dashboard
`,
      ),
    ],
    ["function UserMenu(", "<<if login>>\nfunction UserMenu("],
    ["function Footer()", "<<end>>\nfunction Footer()"],
    [
      "<span>A team board, live in every open page.</span>",
      `<span>${part("board", "A team board, live in every open page.", "Notes that appear in every open page.")}</span>${part(
        "mail",
        '\n      <a href="/feedback">Feedback</a>',
      )}`,
    ],
  ],
  // The repository's tests share their types with the app and use topics of their own; a new app declares its topics.
  "app/parts/boards/part.ts": [
    [
      'import { type Part, RequireVerifiedEmail } from "buffkit";',
      'import { type Part, type PartTopics, RequireVerifiedEmail, type TopicsOf } from "buffkit";',
    ],
    [
      "/** The team's boards",
      `const topics = { "board:*": RequireVerifiedEmail } satisfies PartTopics;

declare module "buffkit" {
  interface Topics extends TopicsOf<typeof topics> {}
}

/** The team's boards`,
    ],
    ['  topics: { "board:*": RequireVerifiedEmail },', "  topics,"],
  ],
  "app/parts/boards/board-list.tsx": ago,
  "app/parts/boards/card.tsx": ago,
  "app/parts/boards/card-editor.tsx": ago,
  "app/parts/boards/part.test.ts": rootOfTests,
  "app/parts/boards/changes.test.ts": rootOfTests,
  "app/parts/boards/owner.test.ts": rootOfTests,
  "public/app.css": [
    [
      "/* Styles of this app only; the rest is in buffkit.css. */",
      "/* Styles of this app only; the rest is in the framework's buffkit.css. */",
    ],
    ["/* Start page */\n", "<<if board>>\n/* Start page */\n"],
    ["/* Header */\n", `<<else>>\n${notesCss}\n\n<<end>>\n<<if login>>\n/* Header */\n`],
    ["/* List of boards */\n", "<<end>>\n<<if board>>\n/* List of boards */\n"],
    { append: "<<end>>\n" },
  ],
  "features/support/board-page.ts": [
    ["../live.ts", "./live.ts"],
    ["../visibility.ts", "./visibility.ts"],
  ],
  "features/support/people.ts": [
    ['import type { ReferenceApp } from "./reference-app.ts";\n', ""],
    { every: "ReferenceApp", becomes: "{ readonly url: string }" },
  ],
};
