import { createContext } from "hono/jsx";
import type { Html, TextDirection } from "../../framework/html/index.ts";

/** The direction of the message that is being rendered, for blocks with a left and a right side. */
export const MailDirection = createContext<TextDirection>("ltr");

/** Where lines begin. Mail programs don't know `text-align: start`. */
export function startSide(direction: TextDirection): "left" | "right" {
  return direction === "rtl" ? "right" : "left";
}

/** Markup whose blocks know the direction. */
export function withDirection(direction: TextDirection, html: Html): Html {
  return <MailDirection.Provider value={direction}>{html}</MailDirection.Provider>;
}
