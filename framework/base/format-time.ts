const dayMs = 24 * 60 * 60 * 1000;

/** The time of day within the last 24 hours, otherwise day and month; in the server's time zone. */
export function formatTime(at: number, now: number): string {
  const date = new Date(at);
  if (now - at < dayMs) return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** A number of bytes in readable form: 812 B, 3.4 kB, 2.0 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
