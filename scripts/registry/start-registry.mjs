import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

/**
 * Starts an npm registry on this machine. It serves what `npm publish` sends it, and redirects npm to the configured registry for all
 * other packages.
 */
export async function startRegistry(folder) {
  const published = new Map();
  const upstream = npmSetting("registry");
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://registry").pathname.slice(1));
    const [name, file] = path.split("/-/");
    const known = published.get(name);
    if (request.method === "PUT") {
      published.set(name, await readPackage(request));
      response.writeHead(201, { "Content-Type": "application/json" }).end("{}");
    } else if (known && file) response.end(known.files.get(file));
    else if (known) response.setHeader("Content-Type", "application/json").end(JSON.stringify(known.document));
    else response.writeHead(307, { Location: new URL(request.url.slice(1), upstream).href }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  return {
    userConfig: writeUserConfig(folder, url),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What `npm publish` sends: the document that npm reads to install, and the archives in base64. */
async function readPackage(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { _attachments, ...document } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const archives = Object.entries(_attachments).map(([file, { data }]) => [file, Buffer.from(data, "base64")]);
  return { document, files: new Map(archives) };
}

/** npm's settings for the test: our registry, plus the existing settings for native builds and the network. */
function writeUserConfig(folder, url) {
  const kept = ["nodedir", "cafile", "proxy", "https-proxy", "noproxy"].flatMap((name) => {
    const value = npmSetting(name);
    return value ? [`${name}=${value}`] : [];
  });
  const file = join(folder, "npmrc");
  const token = `${url.replace("http:", "")}:_authToken=local`;
  writeFileSync(file, `${[`registry=${url}`, token, "fund=false", "audit=false", ...kept].join("\n")}\n`);
  return file;
}

/** A setting of the installed npm; undefined if it isn't set. */
export function npmSetting(name) {
  const value = execFileSync("npm", ["config", "get", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return ["undefined", "null", ""].includes(value.trim()) ? undefined : value.trim();
}
