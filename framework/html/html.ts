import type { Child } from "hono/jsx";

/**
 * Anything that can be put into markup: what JSX and the `html` template of `hono/html` produce, text, numbers, lists of these,
 * and promises of them. A plain string is text and is escaped when rendered; only JSX, escaped templates and `raw()` are markup.
 */
export type Html = Child;
