// Where the files of a new app come from: folders of the repository, and the layers in variants/ with their conditions.

const isBoardsPart = (name) => name.startsWith("parts/boards/") && !/\/ago(\.test)?\.tsx?$/.test(name);
const keep = (name) => (path) => (path === name ? `features/support/${name}` : undefined);
const support = (name, when, from = "features/support") => ({ from, when, to: keep(name) });

/** `to` returns a file's path in the new app, or undefined to leave it out. */
export const sources = [
  { from: "app", to: (name) => (["main.ts", "app.tsx", "layout.tsx"].includes(name) ? `app/${name}` : undefined) },
  { from: "app", when: "board", to: (name) => (isBoardsPart(name) ? `app/${name}` : undefined) },
  { from: "app/parts/boards", to: (name) => (name.startsWith("ago.") ? `components/${name}` : undefined) },
  { from: "app/parts/home", when: "board", to: (name) => `app/parts/home/${name}` },
  { from: "app/migrations", when: "board", to: (name) => `migrations/${name}` },
  { from: "app/public", when: "board", to: (name) => (name === "drag-cards.js" ? `public/${name}` : undefined) },
  { from: "app/public", to: (name) => (name === "drag-cards.js" ? undefined : `public/${name}`) },
  support("live.ts", "gherkin"),
  ...["people.ts", "mail-reader.ts"].map((name) => support(name, "gherkin & login")),
  support("visibility.ts", "gherkin & board"),
  support("board-page.ts", "gherkin & board", "features/support/board"),
];

/** The folders in variants/, and when their files are in a new app. */
export const layers = {
  always: undefined,
  board: "board",
  notes: "!board",
  login: "login",
  dashboard: "login & !board",
  mail: "mail",
  jobs: "jobs",
  docker: "docker",
  "gherkin/always": "gherkin",
  "gherkin/board": "gherkin & board",
  "gherkin/notes": "gherkin & !board",
  "gherkin/open": "gherkin & !login",
  "gherkin/login": "gherkin & login",
  "gherkin/mail": "gherkin & mail",
};
