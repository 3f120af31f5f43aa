import type { Context } from "hono";
import type { UploadStore } from "./upload-store.ts";

/**
 * Answers with an uploaded file, or 404. It is an attachment of its checked kind, so a browser shows it within a page's `<img>` but never
 * runs or renders it by itself; names are random, so caches may keep it. Whether somebody may see it, the route decides before.
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
