import { AuthCard } from "./auth-card.tsx";

/** What is said of a link that does not work. */
export interface DeadLinkPageProps {
  /** How long such a link works, as a word. */
  readonly lifetime: "day" | "hour";
  /** How to come by a link that works. */
  readonly again: { readonly href: string; readonly text: string };
}

/** What a mailed link opens that was used, has expired, or was never sent. */
export function DeadLinkPage({ lifetime, again }: DeadLinkPageProps) {
  return (
    <AuthCard title="This link no longer works" links={[again]}>
      <p class="notice error" role="alert">
        Links work once and for one {lifetime}, and a newer one replaces the older.
      </p>
    </AuthCard>
  );
}
