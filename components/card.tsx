import type { Html } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";

export interface CardProps {
  /** The card's heading. */
  readonly heading?: Html;
  /** Heading level, to fit the page's outline (default: 2). */
  readonly level?: 2 | 3 | 4;
  /** Replaces the heading and its row. */
  readonly header?: Html;
  readonly footer?: Html;
  readonly children?: Html;
  /** Any other attributes, including htmx's. */
  readonly [attribute: string]: unknown;
}

/** A box with an optional heading and footer. */
export function Card({ heading, level = 2, header, footer, class: extra, children, ...rest }: CardProps) {
  const top = header ?? (heading === undefined || heading === null ? null : <Heading level={level}>{heading}</Heading>);
  return (
    <section {...rest} class={typeof extra === "string" ? `bk-card ${extra}` : "bk-card"}>
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

/** `<bk-card heading="…" level="3">`, with the named slots `header` and `footer`. Passes on all other attributes. */
export const renderCardTag: ComponentRenderer = ({ attributes, children, slot }) => {
  const { heading, level, ...rest } = attributes;
  return (
    <Card {...rest} heading={heading} level={knownLevel(level)} header={slot("header")} footer={slot("footer")}>
      {children}
    </Card>
  );
};

function knownLevel(value: string | undefined): CardProps["level"] {
  if (value === "3") return 3;
  return value === "4" ? 4 : 2;
}
