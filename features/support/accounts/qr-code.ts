import type { Locator } from "@playwright/test";
import jsqr from "jsqr";

/** Decodes the QR code that the browser shows; null if there is none. */
export async function readQrCode(picture: Locator): Promise<string | null> {
  const png = await picture.screenshot();
  // The browser can decode its own screenshots, on a page without a content security policy.
  const context = await picture.page().context().browser()?.newContext();
  if (!context) throw new RangeError("the page has no browser of its own to decode with");
  try {
    const page = await context.newPage();
    const { pixels, width, height } = await page.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      const painter = canvas.getContext("2d");
      painter?.drawImage(image, 0, 0);
      const data = painter?.getImageData(0, 0, image.width, image.height).data ?? [];
      return { pixels: [...data], width: image.width, height: image.height };
    }, png.toString("base64"));
    return (
      jsqr.default(new Uint8ClampedArray(pixels), width, height, { inversionAttempts: "dontInvert" })?.data ?? null
    );
  } finally {
    await context.close();
  }
}
