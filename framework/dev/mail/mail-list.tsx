import type { ReadyMessage } from "../../../mail/index.ts";
import { formatTime } from "../../base/index.ts";

export interface MailListProps {
  readonly mails: readonly ReadyMessage[];
  readonly total: number;
  readonly search: string;
  readonly openId?: string;
  readonly now: number;
}

/** The left column: search, the mails, and the button that clears them. */
export function MailList({ mails, total, search, openId, now }: MailListProps) {
  return (
    <section class="inbox" aria-label="Inbox">
      <h1 class="visually-hidden narrow-heading">Mail</h1>
      <search>
        <form class="search" action="/__mail" data-dev-search="mail-list">
          <label class="visually-hidden" for="mail-search">
            Search emails
          </label>
          <input
            id="mail-search"
            type="search"
            name="q"
            value={search}
            placeholder="Search emails"
            autocomplete="off"
          />
          <kbd>/</kbd>
        </form>
      </search>
      <div id="mail-list" class="mail-list" data-dev-live="mail">
        {mails.length === 0 ? <Empty search={search} /> : null}
        <ol>
          {mails.map((mail) => (
            <MailListItem mail={mail} search={search} isOpen={mail.id === openId} now={now} />
          ))}
        </ol>
        <div class="list-foot">
          <span role="status">{countText(mails.length, total, search)}</span>
          {total > 0 ? (
            <form
              method="post"
              action="/__mail/clear"
              data-dev-confirm={`Delete ${total} ${total === 1 ? "email" : "emails"}?`}
            >
              <button type="submit" class="quiet">
                Clear
              </button>
            </form>
          ) : null}
        </div>
      </div>
    </section>
  );
}

function MailListItem(props: { mail: ReadyMessage; search: string; isOpen: boolean; now: number }) {
  const { mail, search, isOpen, now } = props;
  const query = search === "" ? "" : `?q=${encodeURIComponent(search)}`;
  return (
    <li>
      <a href={`/__mail/${mail.id}${query}`} aria-current={isOpen ? "true" : undefined}>
        <span class="to">{mail.to.map(({ name, address }) => name ?? address).join(", ")}</span>
        <time datetime={new Date(mail.at).toISOString()}>{formatTime(mail.at, now)}</time>
        <strong>{mail.subject}</strong>
        <span class="snippet">{mail.text.slice(0, 160).replace(/\s+/g, " ")}</span>
      </a>
    </li>
  );
}

function Empty({ search }: { search: string }) {
  return search === "" ? (
    <div class="empty">
      <p class="empty-title">No emails yet</p>
      <p>Every email the app sends shows up here right away. Nothing leaves this machine.</p>
    </div>
  ) : (
    <p class="empty">No emails match your search.</p>
  );
}

function countText(shown: number, total: number, search: string): string {
  const noun = total === 1 ? "email" : "emails";
  return search === "" ? `${total} ${noun}` : `${shown} of ${total} ${noun}`;
}
