import type { Context, Hono } from "hono";
import { formatEml, type Inbox } from "../../../mail/index.ts";
import { renderHtml } from "../../html/index.ts";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";
import { MailList } from "./mail-list.tsx";
import { MailPreviewPage } from "./mail-preview-page.tsx";
import { MailView, type MailViewName, mailViews } from "./mail-view.tsx";

export interface MailPagesOptions {
  readonly inbox: Inbox;
  readonly events: DevEvents;
  readonly appName: string;
}

const one = "/__mail/:id{[0-9a-f-]{36}}";
const previewed = 50;
const shownInline = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** `/__mail`: the mails that the app sent, live. */
export function mountMailPages(app: Hono, options: MailPagesOptions): void {
  const { inbox, events, appName } = options;

  app.get("/__mail", (c) => showInbox(c, options));
  app.get("/__mail/preview", (c) =>
    c.html(
      renderHtml(
        <DevDocument title="All emails" section="mail" appName={appName} build={events.build}>
          <MailPreviewPage mails={inbox.list().slice(0, previewed)} />
        </DevDocument>,
      ),
    ),
  );
  app.post("/__mail/clear", async (c) => {
    await inbox.clear();
    return c.redirect("/__mail", 303);
  });
  app.get(one, (c) => showInbox(c, options, c.req.param("id")));
  app.post(`${one}/delete`, async (c) => {
    await inbox.remove(c.req.param("id"));
    return c.redirect("/__mail", 303);
  });
  app.get(`${one}/source.eml`, async (c) => {
    const mail = inbox.get(c.req.param("id"));
    if (!mail) return c.notFound();
    return download(c, new Uint8Array(await formatEml(mail)), { type: "message/rfc822", name: `${mail.id}.eml` });
  });
  app.get(`${one}/files/:index{[0-9]{1,3}}`, (c) => {
    const file = inbox.get(c.req.param("id"))?.attachments[Number(c.req.param("index"))];
    if (!file) return c.notFound();
    const type = shownInline.test(file.contentType) ? file.contentType : "application/octet-stream";
    return download(c, new Uint8Array(Buffer.from(file.content, "base64")), { type, name: file.filename });
  });
}

async function showInbox(c: Context, options: MailPagesOptions, id?: string): Promise<Response> {
  const { inbox, events, appName } = options;
  const search = c.req.query("q")?.slice(0, 200) ?? "";
  const mail = id === undefined ? undefined : inbox.get(id);
  const view = readView(c);
  const source = mail && (view === "source" || view === "headers") ? String(await formatEml(mail)) : "";
  const page = (
    <DevDocument title={mail?.subject ?? "Mail"} section="mail" appName={appName} build={events.build} fills>
      <div class={id === undefined ? "panes" : "panes has-open"}>
        <MailList
          mails={inbox.list({ search })}
          total={inbox.list().length}
          search={search}
          openId={id}
          now={Date.now()}
        />
        {mail ? (
          <MailView
            mail={mail}
            view={view}
            base={`/__mail/${mail.id}`}
            source={source}
            back={{ href: "/__mail", label: "Inbox" }}
            actions={
              <form method="post" action={`/__mail/${mail.id}/delete`}>
                <button type="submit" class="quiet">
                  Delete
                </button>
              </form>
            }
          />
        ) : (
          <NothingOpen isGone={id !== undefined} />
        )}
      </div>
    </DevDocument>
  );
  return c.html(renderHtml(page), id !== undefined && !mail ? 404 : 200);
}

function NothingOpen({ isGone }: { isGone: boolean }) {
  return (
    <div class="mail nothing">
      {isGone ? (
        <a class="back" href="/__mail">
          ← Inbox
        </a>
      ) : null}
      <h1 class="visually-hidden">Mail</h1>
      <p>{isGone ? "This mail has been deleted." : "Select a mail to read it."}</p>
      <p class="keys">
        <kbd>j</kbd> <kbd>k</kbd> next and previous · <kbd>/</kbd> search ·{" "}
        <a href="/__mail/preview">all on one page</a>
      </p>
    </div>
  );
}

/** The view in the query. Default: `html`. */
export function readView(c: Context): MailViewName {
  const asked = c.req.query("view");
  return mailViews.find((name) => name === asked) ?? "html";
}

function download(c: Context, body: Uint8Array<ArrayBuffer>, file: { type: string; name: string }): Response {
  const name = file.name.replace(/[^\w.-]/g, "_");
  return c.body(body, 200, {
    "Content-Type": file.type,
    "Content-Disposition": `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    "X-Content-Type-Options": "nosniff",
  });
}
