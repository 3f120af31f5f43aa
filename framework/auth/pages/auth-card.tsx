import type { Html } from "../../html/index.ts";

export interface AuthCardProps {
  readonly title: string;
  readonly children: Html;
  /** Links below the form. */
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

/** The frame of every page of this room: a heading, the form, and where else one may want to go. */
export function AuthCard({ title, children, links = [] }: AuthCardProps) {
  return (
    <section class="auth" aria-labelledby="auth-title">
      <h1 id="auth-title">{title}</h1>
      {children}
      {links.length > 0 ? (
        <ul class="auth-links">
          {links.map(({ href, text }) => (
            <li>
              <a href={href}>{text}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
