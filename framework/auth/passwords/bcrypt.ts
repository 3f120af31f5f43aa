import { missingBcrypt } from "../errors.ts";

/** Checks a password against a bcrypt digest. */
export type VerifyBcrypt = (password: string, digest: string) => Promise<boolean>;

const packageName = "@node-rs/bcrypt";

/** Whether a stored digest is a bcrypt digest. */
export function isBcrypt(digest: string): boolean {
  return /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/.test(digest);
}

/** Checks with the optional package @node-rs/bcrypt. Throws `AUTH_MISSING_BCRYPT` if it isn't installed. */
export const verifyWithPackage: VerifyBcrypt = async (password, digest) => {
  const verify = await loadVerify();
  return (await verify(password, digest)) === true;
};

async function loadVerify(): Promise<(password: string, digest: string) => Promise<unknown>> {
  try {
    const loaded: unknown = await import(packageName);
    if (hasVerify(loaded)) return loaded.verify;
    throw new TypeError(`${packageName} has no function verify`);
  } catch (cause) {
    throw missingBcrypt({ cause });
  }
}

function hasVerify(loaded: unknown): loaded is { verify(password: string, digest: string): Promise<unknown> } {
  return typeof loaded === "object" && loaded !== null && "verify" in loaded && typeof loaded.verify === "function";
}
