import type { Html } from "../../html/index.ts";

/** One framed part of the account page, with its own heading. */
export function AccountSection({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: Html;
}) {
  return (
    <section class="auth" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}
