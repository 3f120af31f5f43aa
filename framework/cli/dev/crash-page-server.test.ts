import { afterEach, describe, expect, it } from "vitest";
import { CrashPageServer } from "./crash-page-server.ts";
import { firstFreePort } from "./first-free-port.ts";

const crashPage = new CrashPageServer();
afterEach(() => crashPage.close());

async function open(output: string): Promise<string> {
  const port = (await firstFreePort(43_000)) ?? 0;
  crashPage.open({ port, host: "127.0.0.1", output });
  return `http://127.0.0.1:${port}`;
}

const asPage = { headers: { Accept: "text/html" } };

describe("CrashPageServer", () => {
  it("shows the app's last output, escaped and without colors, under a strict policy", async () => {
    const url = await open("\u001b[31mSyntaxError\u001b[0m in <App>");

    const answer = await fetch(url, asPage);

    expect(answer.status).toBe(503);
    expect(answer.headers.get("Content-Security-Policy")).toMatch(
      /^default-src 'none'; connect-src 'self'; script-src 'sha256-[^;]+; style-src 'sha256-/,
    );
    expect(await answer.text()).toContain("<pre>SyntaxError in &lt;App></pre>");
  });

  it("asks programs to retry, without showing them the output", async () => {
    const answer = await fetch(await open("secret path"));

    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "1"]);
    expect(await answer.text()).not.toContain("secret path");
  });

  it("releases the port", async () => {
    const url = await open("first");
    await fetch(url);

    crashPage.close();

    await expect(fetch(url)).rejects.toThrow();
  });
});
