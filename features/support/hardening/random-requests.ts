import { seededRandom } from "../../../framework/test-support/seeded-random.ts";
import type { RawRequest } from "./raw-request.ts";

const methods = ["GET", "GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND"];
const places = [
  ..."/ /login /register /logout /forgot-password /reset-password /verify-email /change-email /verify-email/resend /account".split(
    " ",
  ),
  ..."/account/confirm /account/profile /account/sessions/x/revoke /boards /boards/x /events /healthz /readyz".split(
    " ",
  ),
  ..."/metrics /__mail /__dev /buffkit.css /assets/app.css /vendor/htmx.min.js /.env /.git/config".split(" "),
];
const oddities = [
  ..."%00 %2e%2e/ ..%2f ..%5c %c0%ae %ff %E2%80%A8 // /./ /../../etc/passwd ' \" < > ; : | \\ ` { } [ ] ^ ~".split(" "),
  ...`${"a".repeat(3000)} <script>alert(1)</script> ' OR 1=1-- \${7*7} {{7*7}} __proto__ constructor NaN -1 1e309`.split(
    " ",
  ),
];
const fields = "email password name next token _csrf remember title __proto__ constructor[x] email[] password.x".split(
  " ",
);
const types = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "application/json",
  "text/plain",
  "application/x-www-form-urlencoded; charset=utf-99",
  "\u00e9",
];

/** Endless requests, half of them plausible; the same ones for the same seed. */
export function* randomRequests(seed: number): Generator<RawRequest, never> {
  const below = seededRandom(seed);
  const pick = (from: readonly string[]) => from[below(from.length)] ?? "";
  const piece = () => (below(2) ? pick(oddities) : pick(fields));
  const word = () => Array.from({ length: below(4) }, piece).join("");
  const query = () =>
    Array.from({ length: below(4) }, () => `${pick(fields)}=${encodeOrNot(word(), below(2) === 0)}`).join("&");

  function headers(): Record<string, string> {
    const some: Record<string, () => string> = {
      Accept: () => pick(["text/html", "*/*", "text/event-stream", "application/json", word()]),
      Origin: () => pick(["null", "https://evil.example", word()]),
      Cookie: () => `__Host-sid=${word()}; sid=${word()}; __Host-registered=${word()}; __Host-flash=${word()}`,
      "HX-Request": () => "true",
      "HX-Request-Type": () => pick(["partial", "full", word()]),
      "HX-Current-URL": word,
      "Last-Event-ID": word,
      "X-Forwarded-For": () => pick(["198.18.0.7", "::1", "1.2.3.4, x", word()]),
      "X-CSRF-Token": word,
      "X-Request-Id": word,
      "Accept-Encoding": () => pick(["gzip", "br", "identity;q=0", word()]),
      Range: () => pick(["bytes=0-1", "bytes=-", "bytes=9-1", word()]),
      "If-None-Match": word,
    };
    const chosen = Object.entries(some).filter(() => below(3) === 0);
    const site = pick(["same-origin", "same-origin", "same-origin", "none", "cross-site"]);
    const made = chosen.map(([name, make]) => [name, make().replace(/[^\x20-\x7e]/g, "")]);
    return { ...Object.fromEntries(made), "Sec-Fetch-Site": site };
  }

  for (;;) {
    const method = pick(methods);
    const odd = below(3) === 0 ? encodeURI(word()) : "";
    const path = `${pick(places)}${odd}${below(2) ? `?${query()}` : ""}`.replace(/[^\x21-\x7e]/g, "%7f");
    const hasBody = ["POST", "PUT", "PATCH", "DELETE"].includes(method);
    const type = Buffer.from(pick(types)).toString("latin1");
    const head = hasBody ? { ...headers(), "Content-Type": type } : headers();
    const body = hasBody
      ? below(4)
        ? query()
        : pick(['{"email":{"$gt":""}}', "{", "--x\r\n\r\n--x--", "\u0000"])
      : "";
    yield { method, path, headers: head, body };
  }
}

function encodeOrNot(text: string, isEncoded: boolean): string {
  return isEncoded ? encodeURIComponent(text) : text.replaceAll("&", "");
}
