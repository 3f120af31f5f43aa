import type { ElementAttributes, Html, Strict } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

/** Attributes of the element, and of htmx, are passed on. */
export interface CardProps extends ElementAttributes<"section"> {
  /** The card's heading. */
  readonly heading?: Html;
  /** Heading level, to fit the page's outline (default: 2). */
  readonly level?: 2 | 3 | 4;
  /** Replaces the heading and its row. */
  readonly header?: Html;
  readonly footer?: Html;
  readonly children?: Html;
}

/** A box with an optional heading and footer. */
export function Card<Props extends CardProps>(props: Strict<Props, CardProps>) {
  const { heading, level, header, footer, children, ...rest }: CardProps = props;
  return renderCard({ heading, level, header, footer, children, rest });
}

/** `<bk-card heading="…" level="3">`, with the named slots `header` and `footer`. Passes on all other attributes. */
export const renderCardTag: ComponentRenderer = ({ attributes, children, slot }) => {
  const { heading, level, ...rest } = attributes;
  return renderCard({
    heading,
    level: knownLevel(level),
    header: slot("header"),
    footer: slot("footer"),
    children,
    rest,
  });
};

interface CardParts extends Pick<CardProps, "heading" | "header" | "footer" | "children"> {
  readonly level: CardProps["level"];
  readonly rest: Readonly<Record<string, unknown>>;
}

function renderCard({ heading, level = 2, header, footer, children, rest }: CardParts) {
  const { class: extra, ...others } = rest;
  const top = header ?? (heading === undefined || heading === null ? null : <Heading level={level}>{heading}</Heading>);
  return (
    <section {...others} class={typeof extra === "string" ? `bk-card ${extra}` : "bk-card"}>
      {top === null ? null : <div class="bk-card-header">{top}</div>}
      <div class="bk-card-body">{children}</div>
      {footer === undefined || footer === null ? null : <div class="bk-card-footer">{footer}</div>}
    </section>
  );
}

function Heading({ level, children }: { level: 2 | 3 | 4; children?: Html }) {
  if (level === 3) return <h3>{children}</h3>;
  return level === 4 ? <h4>{children}</h4> : <h2>{children}</h2>;
}

function knownLevel(value: string | undefined): CardProps["level"] {
  if (value === "3") return 3;
  return value === "4" ? 4 : 2;
}
