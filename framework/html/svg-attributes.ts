/** The presentation attributes of SVG 2 that have a hyphen; in JSX they may also be written in camel case. */
const hyphenated = new Map(
  [
    "alignment-baseline baseline-shift clip-path clip-rule color-interpolation color-interpolation-filters color-profile",
    "color-rendering dominant-baseline enable-background fill-opacity fill-rule flood-color flood-opacity font-family font-size",
    "font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-horizontal",
    "glyph-orientation-vertical image-rendering letter-spacing lighting-color marker-end marker-mid marker-start",
    "overline-position overline-thickness paint-order pointer-events shape-rendering stop-color stop-opacity",
    "strikethrough-position strikethrough-thickness stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin",
    "stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering transform-origin",
    "underline-position underline-thickness unicode-bidi unicode-range vector-effect word-spacing writing-mode",
  ]
    .flatMap((line) => line.split(" "))
    .map((name) => [name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), name]),
);

/** The name of an attribute as SVG spells it. */
export function svgAttributeName(name: string): string {
  return hyphenated.get(name) ?? name;
}
