import { hasSafeScheme, unsafeUrl } from "./safe-url.ts";

const words = (text: string) => text.split(" ");
const requests = words("get post put patch delete action push-url replace-url sse:connect ws:connect");

/** Attributes whose value is an address for the browser or for htmx, which also takes `data-hx-…` and inherited ones. */
const single = new Set([
  ...words("href src action formaction poster data cite background manifest longdesc codebase classid profile usemap"),
  ...words("icon lowsrc dynsrc xlink:href xlinkhref xml:base"),
  ...requests.flatMap((name) =>
    ["hx-", "data-hx-"].flatMap((prefix) => ["", ":inherited", ":append"].map((end) => `${prefix}${name}${end}`)),
  ),
]);

/** Several addresses in one attribute, separated by spaces; in `srcset` each with a size and a comma. */
const several = new Set(words("ping archive srcset imagesrcset"));

/** What an animation does to the attribute that it names. */
const animations = new Set(words("to from by values"));

/** Where a picture may be in the page itself, as a `data:` URL; the empty one, `data:,`, keeps browsers from asking for an icon. */
const pictures = new Set(
  words("img.src img.srcset source.srcset input.src image.href image.xlink:href feImage.href link.href video.poster"),
);

const names = new Set([...single, ...several, ...animations, "content"]);

/** One attribute of an element. */
export interface GivenAttribute {
  readonly tag: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The schemes that addresses may have here besides those of `safeUrl`. */
  readonly schemes: ReadonlySet<string>;
}

/** Whether an attribute with this name may hold an address, which is decided quickly, because most don't. */
export function mayHoldAddress(name: string): boolean {
  return names.has(name);
}

/** Whether the value of an attribute is an address, a list of them, or text that contains one. */
export function holdsAddress({ tag, name, props }: GivenAttribute): boolean {
  if (single.has(name) || several.has(name)) return true;
  if (animations.has(name)) return single.has(String(props.attributeName ?? "").toLowerCase());
  return name === "content" && tag.toLowerCase() === "meta" && isRefresh(props);
}

/** The value of such an attribute, with `about:invalid#unsafe` in place of an address that `safeUrl` refuses. */
export function safeAddress({ tag, name, schemes }: GivenAttribute, value: string): string {
  if (value.charCodeAt(0) === 47 && single.has(name)) return value;
  const isPicture = pictures.has(`${tag}.${name}`);
  const isSafe = (url: string) => hasSafeScheme(url, schemes) || (isPicture && isPictureData(url));
  if (name === "content") return isSafe(value.replace(/^[\d\s.;,]*(?:url\s*=\s*)?['"]?/i, "")) ? value : unsafeUrl;
  if (name === "values") return value.split(";").every(isSafe) ? value : unsafeUrl;
  if (several.has(name)) {
    const urls = value.split(/\s+/).map((part) => part.replace(/^,+|,+$/g, ""));
    return urls.every(isSafe) ? value : unsafeUrl;
  }
  return isSafe(value) ? value : unsafeUrl;
}

function isRefresh(props: Readonly<Record<string, unknown>>): boolean {
  return /refresh/i.test(String(props["http-equiv"] ?? props.httpEquiv ?? ""));
}

function isPictureData(url: string): boolean {
  return /^data:(?:image\/(?:png|gif|jpe?g|webp|avif|svg\+xml)[;,]|,$)/.test(url);
}
