import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../framework/test-support/free-port.ts";
import { AppProcess, repository } from "../app-process.ts";
import { freeFolder } from "../free-folder.ts";

const main = `
import { appendFileSync } from "node:fs";
import { Hono } from "hono";
import { start, wire } from "buffkit";
import { Home } from "./home.tsx";
import { Layout } from "./layout.tsx";

await start(async (config) => {
  const app = new Hono();
  const kit = await wire(app, { ...config, layout: Layout });
  app.get("/", (c) => c.render(<Home />, { title: "Home" }));
  app.get("/ask", (c) => c.render(<Home />, { title: "Home" }));
  app.post("/ask", (c) => {
    appendFileSync("data/forms", "+");
    return c.render(<p>Refused</p>, { title: "Refused", status: 422 });
  });
  return { app, kit };
}, import.meta.url);
`;

const layout = `
import { Document, type LayoutProps } from "buffkit";

export function Layout({ title, children, c }: LayoutProps) {
  return <Document title={title} stylesheets={[c.var.kit.assets.url("site.css")]}>{children}</Document>;
}
`;

/** A small app that runs under `buffkit dev` and whose files can be edited. */
export class EditableApp {
  readonly url: string;
  readonly #folder: string;
  readonly #process: AppProcess;
  readonly #remove: () => void;

  private constructor(parts: { folder: string; process: AppProcess; remove: () => void }) {
    this.url = parts.process.url;
    this.#folder = parts.folder;
    this.#process = parts.process;
    this.#remove = parts.remove;
  }

  static async start(): Promise<EditableApp> {
    const { path: folder, remove } = freeFolder("editable");
    mkdirSync(join(folder, "app"));
    mkdirSync(join(folder, "public"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(repository, join(folder, "node_modules", "buffkit"));
    for (const name of ["hono", "tsx"]) {
      symlinkSync(join(repository, "node_modules", name), join(folder, "node_modules", name));
    }
    const compilerOptions = { jsx: "react-jsx", jsxImportSource: "hono/jsx", module: "NodeNext", target: "ES2023" };
    const files = {
      "package.json": JSON.stringify({ type: "module", buffkit: { main: "app/main.tsx" } }),
      "tsconfig.json": JSON.stringify({ compilerOptions }),
      "app/main.tsx": main,
      "app/layout.tsx": layout,
      "app/home.tsx": home("Before"),
      "public/site.css": "h1 { color: rgb(9, 9, 9); }\n",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const command = join(repository, "dist", "framework", "cli", "main.js");
    const process = await AppProcess.start({
      args: [command, "dev", "--port", String(await freePort())],
      folder,
      environment: { LOG_LEVEL: "warn" },
    });
    return new EditableApp({ folder, process, remove });
  }

  editTemplate(heading: string): void {
    writeFileSync(join(this.#folder, "app", "home.tsx"), home(heading));
  }

  breakTemplate(): void {
    writeFileSync(join(this.#folder, "app", "home.tsx"), "export function Home() { return <h1>;");
  }

  editStyle(color: string): void {
    writeFileSync(join(this.#folder, "public", "site.css"), `h1 { color: ${color}; }\n`);
  }

  /** As somebody does who wants to start over. */
  deleteDatabase(): void {
    rmSync(join(this.#folder, "data", "app.db"));
  }

  hasDatabase(): boolean {
    return existsSync(join(this.#folder, "data", "app.db"));
  }

  get output(): string {
    return this.#process.output;
  }

  /** How often the app got the form, over all of its restarts. */
  formsReceived(): number {
    const file = join(this.#folder, "data", "forms");
    return existsSync(file) ? readFileSync(file, "utf8").length : 0;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    this.#remove();
  }
}

function home(heading: string): string {
  const form = '<form method="post" action="/ask"><button type="submit">Send</button></form>';
  return `export function Home() {\n  return <><h1>${heading}</h1>${form}</>;\n}\n`;
}
