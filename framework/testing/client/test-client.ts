import type { Hono } from "hono";
import type { User } from "../../auth/index.ts";
import type { Kit } from "../../kit/index.ts";
import { otherOrigin, statusUnexpected, tooManyRedirects } from "../errors.ts";
import { logInAs } from "../log-in-as.ts";
import { type ListenOptions, openEvents, type TestEvents } from "../test-events.ts";
import { CookieJar } from "./cookie-jar.ts";
import { bodyOf, chooseForm, type FormValues, fieldEntries, fillForm } from "./form-data.ts";
import { readForms } from "./page-forms.ts";

export interface RequestOptions {
  /** The expected status. Default: any below 400, after following redirects. An expected redirect isn't followed. */
  readonly status?: number;
  /** Sends htmx's headers, so that pages respond with just the fragment. Default: false. */
  readonly htmx?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SubmitOptions extends RequestOptions {
  /** The action of the form, if the page has several with these fields. */
  readonly action?: string;
}

/** A response, read to its end. */
export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Path and query of the page, after redirects. */
  readonly path: string;
  readonly text: string;
  /** The body as JSON. */
  json(): unknown;
}

/**
 * A browser without a screen: keeps cookies, follows redirects of the app, and sends what browsers send about where a request comes from.
 * A request throws `TESTING_STATUS_UNEXPECTED` unless the response has the expected status.
 */
export interface TestClient {
  /** Another client, with cookies of its own, that is logged in as this user. */
  as(user: User): TestClient;
  get(path: string, options?: RequestOptions): Promise<TestResponse>;
  /** Posts fields without opening a page. */
  post(path: string, fields?: FormValues, options?: RequestOptions): Promise<TestResponse>;
  /**
   * Opens a page, fills in the form that has these fields, and submits it as a browser would, with its hidden and unchanged fields. Throws `TESTING_FORM_MISSING`, `TESTING_FORM_AMBIGUOUS`, `TESTING_OPTION_MISSING`.
   */
  submit(page: string, fields?: FormValues, options?: SubmitOptions): Promise<TestResponse>;
  /** Sends any request with the client's cookies. Doesn't follow redirects, and accepts any status. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Opens the live stream of the page that is open, with its live regions and these topics. Resolves once it is connected. Throws `TESTING_STREAM_REFUSED`. */
  listen(topics?: readonly string[], options?: ListenOptions): Promise<TestEvents>;
}

export interface ClientOptions {
  readonly app: Hono;
  readonly kit: Kit;
  /** Called for each stream, so that it can be closed with the kit. */
  readonly onListen: (events: TestEvents) => void;
}

const maxRedirects = 10;
const liveRegion = /data-live="([^"]+)" data-live-at="([^"]+)"/g;

export function createTestClient(options: ClientOptions, user?: User): TestClient {
  return new AppClient(options, user);
}

class AppClient implements TestClient {
  readonly #options: ClientOptions;
  readonly #user: User | undefined;
  readonly #jar: CookieJar;
  readonly #origin: string;
  #login: Promise<void> | undefined;
  /** The page that is open, as far as a server can tell. */
  #page: string | undefined;
  #csrfToken: string | undefined;
  /** The live regions of that page, and how far they are. */
  #regions: readonly string[] = [];
  #events: TestEvents | undefined;

  constructor(options: ClientOptions, user: User | undefined) {
    this.#options = options;
    this.#user = user;
    this.#jar = new CookieJar(options.kit.clock);
    this.#origin = new URL(options.kit.appUrl).origin;
  }

  as(user: User): TestClient {
    return new AppClient(this.#options, user);
  }

  async get(path: string, options: RequestOptions = {}): Promise<TestResponse> {
    const response = await this.#send(path, { method: "GET" }, options);
    if (!options.htmx && response.headers.get("Content-Type")?.startsWith("text/html")) this.#open(response);
    return response;
  }

  async post(path: string, fields: FormValues = {}, options: RequestOptions = {}): Promise<TestResponse> {
    return await this.#send(path, { method: "POST", body: bodyOf(fieldEntries(fields), false) }, options);
  }

  async submit(path: string, fields: FormValues = {}, options: SubmitOptions = {}): Promise<TestResponse> {
    const response = await this.get(path);
    const page = this.#urlOf(response.path);
    const form = chooseForm(readForms(response.text, page), { page, fields, action: options.action });
    const body = bodyOf(fillForm(form, fields), form.isMultipart);
    if (form.method !== "GET") return await this.#send(form.action, { method: form.method, body }, options);
    return await this.get(`${form.action.split("?")[0]}?${body}`, options);
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    this.#login ??= this.#logIn();
    await this.#login;
    const url = this.#urlOf(path);
    const headers = new Headers(init.headers);
    const defaults = {
      Accept: "text/html,*/*;q=0.8",
      Cookie: this.#jar.header(url.pathname),
      "Sec-Fetch-Site": "same-origin",
      ...(isSafe(init.method) ? {} : { Origin: this.#origin, "X-CSRF-Token": this.#csrfToken }),
      Referer: this.#page,
    };
    for (const [name, value] of Object.entries(defaults)) {
      if (value !== undefined && !headers.has(name)) headers.set(name, value);
    }
    const response = await this.#options.app.request(url.href, { ...init, headers });
    this.#jar.keep(response);
    return response;
  }

  async listen(topics: readonly string[] = [], options: ListenOptions = {}): Promise<TestEvents> {
    const query = new URLSearchParams(topics.map((topic): [string, string] => ["topic", topic]));
    for (const region of this.#regions) query.append("live", region);
    const path = query.size === 0 ? "/events" : `/events?${query}`;
    const response = await this.request(path, { headers: { Accept: "text/event-stream" } });
    const events = await openEvents({ path, response, ...options });
    this.#events = events;
    this.#options.onListen(events);
    return events;
  }

  async #logIn(): Promise<void> {
    if (this.#user) this.#jar.add(await logInAs(this.#options.kit, this.#user));
  }

  async #send(path: string, init: RequestInit, options: RequestOptions): Promise<TestResponse> {
    const headers = { ...(options.htmx ? this.#htmxHeaders() : {}), ...options.headers };
    let response = await this.request(path, { ...init, headers });
    let url = this.#urlOf(path);
    for (let count = 0; isFollowed(response, options.status); count++) {
      const next = new URL(response.headers.get("Location") ?? "", url);
      if (next.origin !== this.#origin) break;
      if (count === maxRedirects) throw tooManyRedirects({ path });
      url = next;
      const keepsMethod = response.status === 307 || response.status === 308;
      response = await this.request(url.href, keepsMethod ? { ...init, headers } : { headers });
    }
    const text = await response.text();
    const { status } = response;
    if (options.status === undefined ? status >= 400 : status !== options.status) {
      const expected = options.status === undefined ? "a status below 400" : String(options.status);
      const location = response.headers.get("Location");
      const redirectedTo = url.href === this.#urlOf(path).href ? undefined : url.pathname + url.search;
      throw statusUnexpected({ method: init.method ?? "GET", path, status, expected, location, redirectedTo, text });
    }
    const json = (): unknown => JSON.parse(text);
    return { status, headers: response.headers, path: url.pathname + url.search, text, json };
  }

  #htmxHeaders(): Record<string, string> {
    return {
      "HX-Request": "true",
      "HX-Request-Type": "partial",
      ...(this.#page === undefined ? {} : { "HX-Current-URL": this.#page }),
      ...(this.#events?.isOpen ? { "X-Connection-Id": this.#events.connectionId } : {}),
    };
  }

  #open(response: TestResponse): void {
    this.#page = this.#urlOf(response.path).href;
    const fields = readForms(response.text, new URL(this.#page)).flatMap(({ controls }) => controls);
    this.#regions = [...response.text.matchAll(liveRegion)].map(([, token, at]) => `${token}~${at}`);
    this.#csrfToken = fields.find(({ name }) => name === "_csrf")?.value ?? this.#csrfToken;
  }

  #urlOf(path: string): URL {
    const url = URL.canParse(path, this.#origin) ? new URL(path, this.#origin) : undefined;
    if (url?.origin !== this.#origin) throw otherOrigin({ given: path, appUrl: this.#origin });
    return url;
  }
}

function isSafe(method = "GET"): boolean {
  return method === "GET" || method === "HEAD";
}

function isFollowed(response: Response, expected: number | undefined): boolean {
  return [301, 302, 303, 307, 308].includes(response.status) && response.status !== expected;
}
