import type { Kit, LoggedIn } from "buffkit";

/** Who changes something, and when (milliseconds since the epoch). */
export interface Actor {
  readonly userId: string;
  /** The name that others see. */
  readonly name: string;
  readonly at: number;
}

/** The logged-in user as the author of a change. */
export function actorOf(c: { readonly var: LoggedIn & { readonly kit: Kit } }): Actor {
  const { user, kit } = c.var;
  return { userId: user.id, name: user.name, at: kit.clock.now() };
}
