import type { ReadyMessage } from "../../mail/index.ts";
import type { Kit } from "../kit/index.ts";
import { inboxMissing, mailMissing } from "./errors.ts";

export interface LastMailOptions {
  /** Looks only at emails to this address. Default: to anyone. */
  readonly to?: string;
  /** How long to wait for one while no job is at work that may send it; for those that are, up to 30 seconds. Default: 2,000. */
  readonly timeoutMs?: number;
}

/** An email that the app sent. */
export interface TestMail extends ReadyMessage {
  /** The URLs of the links in its text, in order. */
  readonly links: readonly string[];
}

/** The emails that the app under test has sent, kept in memory. */
export interface Mailbox {
  /** The newest email. Waits for emails that are still on their way. Throws `TESTING_MAIL_MISSING` if none arrives. */
  last(options?: LastMailOptions): Promise<TestMail>;
  /** All emails that have arrived, newest first. */
  all(): readonly TestMail[];
  clear(): Promise<void>;
}

export function createMailbox(kit: Kit): Mailbox {
  function inbox() {
    if (!kit.inbox) throw inboxMissing();
    return kit.inbox;
  }

  return {
    async last({ to, timeoutMs = 2_000 } = {}) {
      const find = () =>
        inbox()
          .list()
          .find((mail) => to === undefined || isTo(mail, to));
      await kit.auth.idle();
      const patience = performance.now() + maxJobMs;
      while (await isMailQueued(kit)) {
        if (!(await changed((wake) => kit.jobs.onChange(wake), patience))) break;
      }
      const deadline = performance.now() + timeoutMs;
      while (!find() && (await changed((wake) => inbox().onMail(wake), deadline)));
      const mail = find();
      if (!mail) throw mailMissing({ to, timeoutMs, others: inbox().list().map(summaryOf) });
      return withLinks(mail);
    },
    all: () => inbox().list().map(withLinks),
    clear: () => inbox().clear(),
  };
}

const maxJobMs = 30_000;

/** Whether a job that is due has not run yet; it may send an email. */
async function isMailQueued(kit: Kit): Promise<boolean> {
  const { totals } = await kit.jobs.stats();
  return totals.ready + totals.running > 0;
}

/** Resolves to false when the time is over before the listener is called. Looks again every 50 ms: a change may have come before. */
async function changed(listen: (wake: () => void) => () => void, deadline: number): Promise<boolean> {
  const left = deadline - performance.now();
  if (left <= 0) return false;
  await new Promise<void>((resolve) => {
    const patience = setTimeout(done, Math.min(left, 50));
    const stop = listen(done);
    function done(): void {
      clearTimeout(patience);
      stop();
      resolve();
    }
  });
  return true;
}

function isTo(mail: ReadyMessage, address: string): boolean {
  const wanted = address.toLowerCase();
  return [...mail.to, ...mail.cc, ...mail.bcc].some((one) => one.address.toLowerCase() === wanted);
}

function summaryOf({ to, subject }: ReadyMessage): string {
  return `"${subject}" to ${to.map(({ address }) => address).join(", ")}`;
}

function withLinks(mail: ReadyMessage): TestMail {
  return { ...mail, links: linksOf(mail.text) };
}

/** A link may end a sentence; the punctuation isn't part of it. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>")\]]+/g)].map(([link]) => link.replace(/[.,;:!?]+$/, ""));
}
