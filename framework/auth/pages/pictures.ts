import type { AuthServices } from "../auth-services.ts";
import { paths } from "../paths.ts";

/** Deletes the file behind the address of a picture, if it is one of ours; an app may have set another address. */
export async function deletePicture({ pictures }: Pick<AuthServices, "pictures">, url: string | null): Promise<void> {
  if (url?.startsWith(`${paths.pictures}/`)) await pictures.delete(url.slice(paths.pictures.length + 1));
}
