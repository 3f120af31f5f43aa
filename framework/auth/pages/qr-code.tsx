export interface QrCodeProps {
  readonly text: string;
  /** The name that screen readers read out. */
  readonly label: string;
}

/** ISO/IEC 18004 requires a light margin of four modules. It is part of the image, so that it is there on a dark page, too. */
const border = 4;

/** A text as a QR code, always dark on light. Colored by attributes, which a strict content security policy allows. */
export async function QrCode({ text, label }: QrCodeProps) {
  const { encode } = await import("uqr");
  const { data, size } = encode(text, { border, boostEcc: true });
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path fill="#000" d={data.map(drawRow).join("")} />
    </svg>
  );
}

/** One rectangle for each run of dark modules. */
function drawRow(row: readonly boolean[], y: number): string {
  const text = row.map((isDark) => (isDark ? "#" : " ")).join("");
  return [...text.matchAll(/#+/g)].map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`).join("");
}
