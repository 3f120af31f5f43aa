import type { Clock } from "../../base/index.ts";

interface Cookie {
  readonly value: string;
  readonly path: string;
  /** In milliseconds since the epoch; null for the life of the browser. */
  readonly expiresAt: number | null;
}

/** The cookies of one browser, for one site. Cookies expire by the clock of the app under test. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps what the response sets, and drops what it deletes. */
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) this.#set(line);
  }

  /** Adds cookies as a `Cookie` header has them. */
  add(header: string): void {
    for (const pair of header.split("; ")) this.#set(pair);
  }

  /** The `Cookie` header of a request to this path; undefined without cookies. */
  header(path: string): string | undefined {
    const now = this.#clock.now();
    const sent = [...this.#cookies].filter(
      ([, cookie]) => covers(cookie.path, path) && (cookie.expiresAt === null || cookie.expiresAt > now),
    );
    return sent.length === 0 ? undefined : sent.map(([name, { value }]) => `${name}=${value}`).join("; ");
  }

  #set(line: string): void {
    const [pair = "", ...attributes] = line.split(/; */);
    const at = pair.indexOf("=");
    if (at < 1) return;
    const settings = new Map(attributes.map(readAttribute));
    const expiresAt = this.#expiryOf(settings);
    const name = pair.slice(0, at);
    if (expiresAt !== null && expiresAt <= this.#clock.now()) this.#cookies.delete(name);
    else this.#cookies.set(name, { value: pair.slice(at + 1), path: settings.get("path") || "/", expiresAt });
  }

  /** Max-Age precedes Expires (RFC 6265, 5.3). */
  #expiryOf(settings: ReadonlyMap<string, string>): number | null {
    const maxAge = settings.get("max-age");
    if (maxAge !== undefined) return this.#clock.now() + Number(maxAge) * 1000;
    const expires = settings.get("expires");
    return expires === undefined ? null : Date.parse(expires);
  }
}

function readAttribute(text: string): [string, string] {
  const [name = "", value = ""] = text.split("=", 2);
  return [name.toLowerCase(), value];
}

function covers(cookiePath: string, path: string): boolean {
  if (cookiePath === "/" || cookiePath === path) return true;
  return path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
}
