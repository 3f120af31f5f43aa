import { createHash } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import { stripVTControlCharacters } from "node:util";

/** Where to listen, and what to show. */
export interface CrashPageFacts {
  readonly port: number;
  readonly host: string;
  /** What the app printed to standard error before it exited. */
  readonly output: string;
}

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { max-width: 70rem; margin: 3rem auto; padding: 0 1.5rem; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid; border-radius: 0.5rem; }
`;
/**
 * Opens the page again once the app responds, or fails in another way. A refresh by the browser could come while nothing listens on the
 * port, and end on the browser's own error page. A reload would submit a form again.
 */
const script = `
const look = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.headers.get("X-Failure") !== document.body.dataset.failure) location.replace(location.pathname + location.search);
};
setInterval(() => look().catch(() => {}), 500);
`;
const digest = (text: string) => createHash("sha256").update(text).digest("base64");
const hashOf = (text: string) => `'sha256-${digest(text)}'`;
const policy = `default-src 'none'; connect-src 'self'; script-src ${hashOf(script)}; style-src ${hashOf(style)}`;

/** Serves the reason on the app's port while the app can't run. The page reloads by itself when the app is back. */
export class CrashPageServer {
  #server: Server | undefined;

  /** Does nothing if the port is taken: the terminal shows the reason too. */
  open({ port, host, output }: CrashPageFacts): void {
    this.close();
    const server = createServer((request, response) => answer(response, request.headers.accept ?? "", output));
    server.on("error", () => undefined);
    server.listen(port, host);
    server.unref();
    this.#server = server;
  }

  /** Releases the port. */
  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
  }
}

function answer(response: ServerResponse, accept: string, output: string): void {
  const isPage = accept.includes("text/html");
  response.writeHead(503, {
    "Content-Type": isPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
    "Content-Security-Policy": policy,
    "Cache-Control": "no-store",
    "Retry-After": "1",
    "X-Failure": digest(output),
    Connection: "close",
  });
  response.end(isPage ? page(output) : "The app can't run. The terminal running `buffkit dev` shows why.\n");
}

function page(output: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<noscript><meta http-equiv="refresh" content="1"></noscript>
<title>The app can't run</title>
<style>${style}</style>
</head>
<body data-failure="${digest(output)}">
<h1>The app can't run</h1>
<p>Save a file to restart it; this page reloads by itself. Last output:</p>
<pre>${escapeText(stripVTControlCharacters(output).trim() || "(nothing)")}</pre>
<script>${script}</script>
</body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
