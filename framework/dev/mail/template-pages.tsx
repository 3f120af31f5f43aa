import type { Context, Hono } from "hono";
import { formatEml, type MailTemplate, type Message } from "../../../mail/index.ts";
import { reasonOf } from "../../base/index.ts";
import { type Html, renderHtml } from "../../html/index.ts";
import type { DevKit } from "../dev-kit.ts";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";
import { readView } from "./mail-pages.tsx";
import { MailView } from "./mail-view.tsx";

export interface TemplatePagesOptions {
  readonly mail: DevKit["mail"];
  readonly events: DevEvents;
  /** All templates of the app, read on every request. */
  readonly templates: () => Promise<readonly MailTemplate[]>;
  /** Whether sent mails go to the inbox; otherwise templates can't be sent. */
  readonly hasInbox: boolean;
}

/** `/__mail/templates`: every message with sample data, without sending it. */
export function mountTemplatePages(app: Hono, options: TemplatePagesOptions): void {
  const find = async (name: string) => (await options.templates()).find((template) => template.name === name);

  app.get("/__mail/templates", (c) => showTemplate(c, options, undefined));
  app.get("/__mail/templates/:name", async (c) => showTemplate(c, options, c.req.param("name")));
  app.get("/__mail/templates/:name/source.eml", async (c) => {
    const template = await find(c.req.param("name"));
    if (!template) return c.notFound();
    const ready = await options.mail.prepare(messageOf(template, options));
    return c.body(new Uint8Array(await formatEml(ready)), 200, {
      "Content-Type": "message/rfc822",
      "Content-Disposition": `attachment; filename="${template.name.replace(/[^\w.-]/g, "_")}.eml"`,
    });
  });
  app.post("/__mail/templates/:name/send", async (c) => {
    const template = await find(c.req.param("name"));
    if (!template || !options.hasInbox) return c.notFound();
    await options.mail.send(messageOf(template, options));
    return c.redirect("/__mail", 303);
  });
}

async function showTemplate(c: Context, options: TemplatePagesOptions, name: string | undefined): Promise<Response> {
  const { appName } = options.mail;
  const templates = await options.templates();
  const open = templates.find((template) => template.name === name) ?? (name === undefined ? templates[0] : undefined);
  const page = (
    <DevDocument title="Templates" section="templates" appName={appName} build={options.events.build} fills>
      <div class={name === undefined ? "panes" : "panes has-open"}>
        <TemplateList templates={templates} openName={open?.name} />
        {open ? await viewOf(c, options, open) : <div class="mail nothing">This template doesn't exist.</div>}
      </div>
    </DevDocument>
  );
  return c.html(renderHtml(page), open || templates.length === 0 ? 200 : 404);
}

function TemplateList({ templates, openName }: { templates: readonly MailTemplate[]; openName: string | undefined }) {
  return (
    <section class="inbox" aria-label="Templates">
      <h1 class="visually-hidden narrow-heading">Templates</h1>
      <div class="mail-list">
        <ol>
          {templates.map(({ name }) => (
            <li>
              <a
                class="template"
                href={`/__mail/templates/${name}`}
                aria-current={name === openName ? "true" : undefined}
              >
                <strong>{titleOf(name)}</strong>
                <span class="snippet">{name}</span>
              </a>
            </li>
          ))}
        </ol>
        <div class="list-foot">
          <span>{templates.length} templates, with sample data</span>
        </div>
      </div>
    </section>
  );
}

async function viewOf(c: Context, options: TemplatePagesOptions, template: MailTemplate): Promise<Html> {
  const view = readView(c);
  try {
    const mail = await options.mail.prepare(messageOf(template, options));
    const source = view === "source" || view === "headers" ? String(await formatEml(mail)) : "";
    const base = `/__mail/templates/${template.name}`;
    return (
      <MailView
        mail={mail}
        view={view}
        base={base}
        source={source}
        back={{ href: "/__mail/templates", label: "Templates" }}
        actions={options.hasInbox ? <SendButton base={base} /> : undefined}
      />
    );
  } catch (error) {
    return <BrokenTemplate name={template.name} error={error} />;
  }
}

function SendButton({ base }: { base: string }) {
  return (
    <form method="post" action={`${base}/send`}>
      <button type="submit" class="quiet">
        Send to inbox
      </button>
    </form>
  );
}

function BrokenTemplate({ name, error }: { name: string; error: unknown }) {
  return (
    <article class="mail">
      <header class="mail-head">
        <h1>{titleOf(name)}</h1>
      </header>
      <div class="mail-body">
        <p class="notice" role="alert">
          {reasonOf(error)}
        </p>
        <pre class="plain">{error instanceof Error ? error.stack : ""}</pre>
      </div>
    </article>
  );
}

function messageOf(template: MailTemplate, { mail }: TemplatePagesOptions): Message {
  const { appName, appUrl } = mail;
  return template.preview({ to: "ada@example.com", name: "Ada Lovelace", appName, appUrl });
}

function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
