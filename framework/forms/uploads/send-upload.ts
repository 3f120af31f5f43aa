import type { Context } from "hono";
import type { UploadStore } from "./upload-store.ts";

/**
 * Responds with an uploaded file, or 404. It is sent as an attachment with its checked type, so browsers show it in an `<img>` but never
 * open or run it. Names are random, so caches may keep it. Check in the route whether the user may see the file.
 */
export async function sendUpload(c: Context, store: UploadStore, name: string): Promise<Response> {
  const file = await store.read(name);
  if (!file) return c.notFound();
  return c.body(new Uint8Array(file.bytes), 200, {
    "Content-Type": file.kind,
    "Content-Disposition": `attachment; filename="${name}"`,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=31536000, immutable",
  });
}
