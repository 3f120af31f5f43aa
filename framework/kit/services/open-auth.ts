import type { Mail } from "../../../mail/index.ts";
import { type Auth, createAuth } from "../../auth/index.ts";
import type { Database } from "../../db/index.ts";
import { createFolderUploadStore, createMemoryUploadStore, type UploadStore } from "../../forms/index.ts";
import type { RateLimiter, Signer } from "../../secure/index.ts";
import type { Settings } from "../settings/resolve-config.ts";

export interface AuthServices {
  readonly db: Database;
  readonly mail: Mail;
  readonly limiter: RateLimiter;
  readonly signer: Signer;
}

/** The app's accounts, kept in its database. */
export function openAuth(
  settings: Pick<Settings, "auth" | "appUrl" | "secureCookies" | "log" | "clock">,
  services: AuthServices,
): Auth {
  const { auth, appUrl, secureCookies, log, clock } = settings;
  const pictures = auth.config.pictures ?? openPictures(auth.uploadsFolder);
  return createAuth({ ...auth.config, ...services, pictures, appUrl, secureCookies, log, clock });
}

function openPictures(folder: string | null): UploadStore {
  return folder === null ? createMemoryUploadStore() : createFolderUploadStore(folder);
}
