import type { Context } from "hono";
import { z } from "zod";
import { AuthCard, type AuthCardProps } from "./auth-form.tsx";

/** The token of a mailed link, as its page sends it back. */
export const tokenField = z.string().max(100).catch("");

/** Keeps the URL of the current page secret: it contains a token, which no other site may learn from the Referer. */
export function hideUrl(c: Context): void {
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cache-Control", "no-store");
}

/** Tells people that a link was sent. */
export function CheckEmailPage({ children, links }: Omit<AuthCardProps, "title">) {
  return (
    <AuthCard title={checkEmailTitle} {...(links ? { links } : {})}>
      <p class="notice" role="status">
        {children}
      </p>
    </AuthCard>
  );
}

export const checkEmailTitle = "Check your email";

export interface DeadLinkPageProps {
  /** How long such a link works. */
  readonly lifetime: "day" | "hour";
  /** How to get a link that works. */
  readonly again: { readonly href: string; readonly text: string };
}

/** What a mailed link opens if it has been used or replaced, has expired, or was made up. */
export function DeadLinkPage({ lifetime, again }: DeadLinkPageProps) {
  return (
    <AuthCard title="This link no longer works" links={[again]}>
      <p class="notice error" role="alert">
        A link works once, for one {lifetime}, and only until a newer one is sent.
      </p>
    </AuthCard>
  );
}
