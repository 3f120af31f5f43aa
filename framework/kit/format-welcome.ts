export interface WelcomeFacts {
  readonly appName: string;
  readonly url: string;
  readonly dev: boolean;
}

/** What is printed once the app answers: its address, and in development where to look behind the scenes. */
export function formatWelcome({ appName, url, dev }: WelcomeFacts): string {
  if (!dev) return `${appName} answers at ${url}\n`;
  const rows = [
    [appName, url],
    ["Mail inbox", `${url}/__mail`],
    ["Diagnostics", `${url}/__dev`],
  ] as const;
  const lines = rows.map(([name, address]) => `  ${name.padEnd(14)}${address}`);
  return `\n${lines.join("\n")}\n\n`;
}
