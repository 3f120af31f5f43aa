export interface BannerFacts {
  readonly appName: string;
  readonly url: string;
  readonly dev: boolean;
}

/** What to print once the app is listening: its address and, in development, those of the development pages. */
export function formatBanner({ appName, url, dev }: BannerFacts): string {
  if (!dev) return `${appName} is running at ${url}\n`;
  const rows = [
    [appName, url],
    ["Mail inbox", `${url}/__mail`],
    ["Diagnostics", `${url}/__dev`],
  ] as const;
  const lines = rows.map(([name, address]) => `  ${name.padEnd(14)}${address}`);
  return `\n${lines.join("\n")}\n\n`;
}
