import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyChange } from "../../../docs/checks/apply-change.ts";
import { freePort } from "../../../framework/test-support/free-port.ts";
import { runCommand, startCommand } from "../run-command.mjs";

/** Commands that run until they are stopped; the reader goes on in a second terminal. */
const isServer = /\b(?:npm (?:run dev|start)|npx buffkit (?:dev|start))\b/;
const marker = "This is where the shell is now:";

/** Somebody with an empty folder and a terminal, who does what a document says, and nothing else. */
export class Reader {
  #folder;
  #environment;
  #beforeInstall;
  #server;
  /** How much the running app had printed when a file was saved; undefined if nothing was saved since. */
  #printedBefore;
  /** The printed address of the running app. */
  address;

  /** `beforeInstall` is called with the folder before the first `npm install` in it. */
  constructor({ folder, environment, beforeInstall }) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#environment = environment;
    this.#beforeInstall = beforeInstall;
  }

  get folder() {
    return this.#folder;
  }

  /** What the running app has printed. */
  get printed() {
    return this.#server?.output() ?? "";
  }

  /** Types one command; throws what it printed if it fails. */
  async type(command) {
    if (isServer.test(command)) return await this.#start(command);
    if (/\bnpm (?:install|i)\b/.test(command) && !existsSync(join(this.#folder, "node_modules"))) {
      this.#beforeInstall(this.#folder);
    }
    const { code, output } = await this.run(`${command}\necho "${marker}$PWD"`);
    if (code !== 0) throw new Error(`\`${command}\` ended with code ${code}:\n${output.slice(-4000)}`);
    this.#folder = output.slice(output.lastIndexOf(marker) + marker.length).trim();
    return output;
  }

  /** Runs a command in the folder, whatever comes of it. */
  async run(command) {
    const place = { folder: this.#folder, environment: this.#environment };
    return await runCommand("bash", ["-e", "-c", command], place);
  }

  /** Saves a file, or changes it as the `diff` block says. */
  save({ file, language, text }) {
    const path = join(this.#folder, file);
    if (this.#server) this.#printedBefore ??= this.printed.length;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, language === "diff" ? applyChange(readFileSync(path, "utf8"), text) : text);
  }

  read(file) {
    return readFileSync(join(this.#folder, file), "utf8");
  }

  /** Waits until the running app has restarted, if anything was saved. */
  async lookAtTerminal() {
    const before = this.#printedBefore;
    if (before === undefined) return;
    this.#printedBefore = undefined;
    await this.#server.printed({ exec: (text) => /restarting.*http:\/\/localhost/s.exec(text.slice(before)) });
  }

  /** Presses Ctrl-C. */
  async stop() {
    this.#server?.stop("SIGINT");
    await this.#server?.gone;
    this.#server = undefined;
    this.#printedBefore = undefined;
  }

  async #start(command) {
    await this.stop();
    const environment = { ...this.#environment, PORT: String(await freePort()) };
    this.#server = startCommand("bash", ["-c", `exec ${command}`], { folder: this.#folder, environment });
    [this.address] = await this.#server.printed(/http:\/\/localhost:\d+/);
    return this.printed;
  }
}

/** The commands of a shell block, without its comments; a line that ends with a backslash goes on. */
export function commandsOf(text) {
  return text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/(?:^|\s)# .*$/, "").trim())
    .filter((line) => line !== "");
}
