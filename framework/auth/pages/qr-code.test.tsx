import jsqr from "jsqr";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../html/index.ts";
import { createTotpSecret, totpUrl } from "../second-factor/totp.ts";
import { QrCode } from "./qr-code.tsx";

const url = totpUrl({ secret: createTotpSecret(), email: "ann+x@example.com", appName: "Größer & Söhne" });

/** The code as a camera sees it, with modules four pixels wide. */
function photograph(markup: string) {
  const scale = 4;
  const width = Number(/viewBox="0 0 (\d+) /.exec(markup)?.[1]) * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of markup.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const start = (row * width + Number(x) * scale) * 4;
      for (let at = start; at < start + Number(length) * scale * 4; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  return { pixels, width };
}

describe("QrCode", () => {
  it("decodes to exactly its text", async () => {
    const { pixels, width } = photograph(await renderHtml(<QrCode text={url} label="Key" />));

    expect(jsqr.default(pixels, width, width, { inversionAttempts: "dontInvert" })?.data).toBe(url);
  });

  it("draws nothing but rows of modules", async () => {
    const markup = await renderHtml(<QrCode text={url} label="Key" />);

    expect(/<path[^>]* d="([^"]*)"/.exec(markup)?.[1]).toMatch(/^(?:M\d+ \d+h\d+v1h-\d+z)+$/);
  });

  it("keeps a light margin of four modules", async () => {
    const markup = await renderHtml(<QrCode text={url} label="Key" />);

    const size = Number(/viewBox="0 0 (\d+) /.exec(markup)?.[1]);
    const places = [...markup.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
    expect(markup).toContain(`<rect width="${size}" height="${size}" fill="#fff">`);
    expect(Math.min(...places.flatMap(([x = 0, y = 0]) => [x, y]))).toBe(4);
    expect(Math.max(...places.flatMap(([x = 0, y = 0, length = 0]) => [x + length, y + 1]))).toBe(size - 4);
  });

  it("has an accessible name, and needs no inline style or script", async () => {
    const markup = await renderHtml(<QrCode text={url} label="Key & more" />);

    expect(markup).toContain('role="img" aria-label="Key &amp; more"');
    expect(markup).not.toMatch(/style|script|href|url\(/);
  });
});
