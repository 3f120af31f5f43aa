import { type Logger, silentLogger } from "../../framework/base/index.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import { createMailFolder } from "./mail-folder.ts";

export interface InboxOptions {
  /** Folder that keeps messages across restarts, one file each. Processes can share it (default: memory only). */
  readonly folder?: string;
  /** How many messages to keep; the oldest are dropped (default: 500). */
  readonly max?: number;
  readonly log?: Logger;
}

/** The messages an app sent in development. Call `close` when you are done with it. */
export interface Inbox {
  add(message: ReadyMessage): Promise<void>;
  /** Newest first. `search` keeps the messages that have all of its words in their subject, addresses or text. */
  list(options?: { readonly search?: string }): readonly ReadyMessage[];
  get(id: string): ReadyMessage | undefined;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
  /** Calls back for each new message, including those from other processes that share the folder. Returns how to stop. */
  onMail(listener: (message: ReadyMessage) => void): () => void;
  /** Calls back after any change of the list. Returns how to stop. */
  onChange(listener: () => void): () => void;
  close(): void;
}

/** Creates an inbox. Reads the messages of earlier runs from the folder right away. */
export function createInbox(options: InboxOptions = {}): Inbox {
  const { folder: path, max = 500, log = silentLogger } = options;
  const mails = new Map<string, ReadyMessage>();
  // The file system may report a new file after it was already removed.
  const gone = new Set<string>();
  const arrivals = new Set<(message: ReadyMessage) => void>();
  const changes = new Set<() => void>();
  const folder = path === undefined ? undefined : createMailFolder({ path, log, onAdded: arrive, onRemoved: leave });

  function arrive(message: ReadyMessage): void {
    if (mails.has(message.id) || gone.has(message.id)) return;
    mails.set(message.id, message);
    for (const old of newestFirst().slice(max)) void remove(old.id);
    for (const listener of arrivals) listener(message);
    for (const listener of changes) listener();
  }

  function leave(id: string): void {
    gone.add(id);
    for (const old of [...gone].slice(0, Math.max(0, gone.size - max * 2))) gone.delete(old);
    if (!mails.delete(id)) return;
    for (const listener of changes) listener();
  }

  async function remove(id: string): Promise<void> {
    leave(id);
    await folder?.remove(id);
  }

  function newestFirst(): ReadyMessage[] {
    return [...mails.values()].reverse().sort((one, other) => other.at - one.at);
  }

  for (const message of folder?.read() ?? []) arrive(message);
  return {
    async add(message) {
      arrive(message);
      await folder?.write(message);
    },
    list: ({ search = "" } = {}) => newestFirst().filter((message) => isFound(message, search)),
    get: (id) => mails.get(id),
    remove,
    async clear() {
      await Promise.all([...mails.keys()].map(remove));
    },
    onMail: (listener) => listen(arrivals, listener),
    onChange: (listener) => listen(changes, listener),
    close: () => folder?.close(),
  };
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function isFound(message: ReadyMessage, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const people = [message.from, ...message.to, ...message.cc, ...message.bcc];
  const text = [message.subject, message.text, ...people.map(({ name = "", address }) => `${name} ${address}`)]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
