export interface BannerFacts {
  readonly appName: string;
  /** Where the server listens. */
  readonly url: string;
  /** The app's public address. */
  readonly appUrl: string;
  readonly dev: boolean;
}

/** What to print once the app is listening: its address and, in development, those of the development pages. */
export function formatBanner({ appName, url, appUrl, dev }: BannerFacts): string {
  if (!dev) return `${appName} is running at ${isLocal(appUrl) ? url : `${appUrl}, listening on ${url}`}\n`;
  const rows = [
    [appName, url],
    ["Mail inbox", `${url}/__mail`],
    ["Diagnostics", `${url}/__dev`],
  ] as const;
  const lines = rows.map(([name, address]) => `  ${name.padEnd(14)}${address}`);
  return `\n${lines.join("\n")}\n\n`;
}

function isLocal(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
