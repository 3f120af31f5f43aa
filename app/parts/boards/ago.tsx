const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long ago something happened; `public/ago.js` keeps the text up to date while the page is open. Without `now`, as in live regions,
 * whose markup should change only with what they show, it is the date until that script has seen it.
 */
export function Ago({ at, now }: { readonly at: number; readonly now?: number }) {
  const date = new Date(at).toISOString();
  return (
    <time datetime={date} title={`${date.slice(0, 16).replace("T", " ")} UTC`} data-ago>
      {(now !== undefined && formatAgo(now - at)) || date.slice(0, 10)}
    </time>
  );
}

/** "just now", "5 min ago", "3 h ago", "2 d ago"; null after two weeks, when a date is more useful. */
export function formatAgo(passedMs: number): string | null {
  if (passedMs < minuteMs) return "just now";
  if (passedMs < hourMs) return `${Math.floor(passedMs / minuteMs)} min ago`;
  if (passedMs < dayMs) return `${Math.floor(passedMs / hourMs)} h ago`;
  if (passedMs < 14 * dayMs) return `${Math.floor(passedMs / dayMs)} d ago`;
  return null;
}
