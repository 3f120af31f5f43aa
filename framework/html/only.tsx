import { createHash } from "node:crypto";
import type { Html } from "./html.ts";

type Names = string | null | readonly (string | null)[];

export type OnlyProps = { readonly children?: Html } & (
  | { readonly for: Names; readonly roles?: string | readonly string[] }
  | { readonly roles: string | readonly string[]; readonly for?: Names }
);

/**
 * Markup that everybody has and only some see, also in live regions: users with one of these ids (`for`), and those with one of these
 * `roles`. Decided in each page by a stylesheet of its viewer, which `AppDocument` links, with or without JavaScript; others don't meet it
 * with a keyboard or a screen reader either. Never for what has to stay secret, and the handler checks the right anyway.
 */
export function Only({ for: ids = [], roles = [], children }: OnlyProps) {
  const words = [
    ...listOf(ids).map((id) => wordFor("user", id)),
    ...listOf(roles).map((name) => wordFor("role", name)),
  ];
  return (
    <span hidden data-only={words.join(" ")}>
      {children}
    </span>
  );
}

/** Who looks at a page. */
export interface Viewer {
  readonly id: string;
  readonly role?: string;
}

/** Where `Only` gets its styles from. */
export const onlyStylesPath = "/only.css";

/** The stylesheet that shows a viewer what is for them; in the body, so that a boosted visit by somebody else replaces it. */
export function OnlyStyles({ viewer: { id, role } }: { readonly viewer: Viewer }) {
  const query = new URLSearchParams({ user: id, ...(role === undefined ? {} : { role }) });
  const hash = createHash("sha256").update(query.toString()).digest("hex").slice(0, 12);
  return <link id={`bk-only-${hash}`} rel="stylesheet" href={`${onlyStylesPath}?${query}`} hx-preserve />;
}

/** What that stylesheet contains. */
export function formatOnlyStyles({ user, role }: { readonly user?: string; readonly role?: string }): string {
  const words = [user && wordFor("user", user), role && wordFor("role", role)].filter((word) => word);
  if (words.length === 0) return "";
  return `${words.map((word) => `[data-only~="${word}"]`).join(", ")} { display: contents; }\n`;
}

/** Without spaces and quotes, whatever the name. */
function wordFor(kind: "user" | "role", name: string): string {
  return `${kind}:${encodeURIComponent(name)}`;
}

function listOf(given: Names): readonly string[] {
  const all = given === null || typeof given === "string" ? [given] : given;
  return all.filter((name): name is string => name !== null && name !== "");
}
