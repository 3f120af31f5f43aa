import { type FSWatcher, readdirSync, readFileSync, watch } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, createFolder, type Logger } from "../../framework/base/index.ts";
import { type ReadyMessage, readyMessageSchema } from "../message/ready-message.ts";

export interface MailFolderOptions {
  readonly path: string;
  readonly log: Logger;
  readonly onAdded: (message: ReadyMessage) => void;
  readonly onRemoved: (id: string) => void;
}

/** Stores messages as files, so that the server and a worker process see the same ones. */
export interface MailFolder {
  read(): ReadyMessage[];
  write(message: ReadyMessage): Promise<void>;
  remove(id: string): Promise<void>;
  close(): void;
}

const fileName = /^([0-9a-f-]{36})\.json$/;

/** Opens a folder, creating it if needed, and watches it for changes by other processes. */
export function createMailFolder({ path, log, onAdded, onRemoved }: MailFolderOptions): MailFolder {
  createFolder(path);
  const watcher = watchQuietly(path, look);

  function look(name: string | null): void {
    const id = fileName.exec(name ?? "")?.[1];
    if (!id) return;
    const message = readMail(join(path, `${id}.json`), log);
    if (message === "gone") onRemoved(id);
    else if (message) onAdded(message);
  }

  return {
    read() {
      const names = readdirSync(path).filter((name) => fileName.test(name));
      const messages = names.map((name) => readMail(join(path, name), log));
      return messages.filter((message) => typeof message === "object").sort((one, other) => one.at - other.at);
    },
    async write(message) {
      const file = join(path, `${message.id}.json`);
      // Renamed into place, so that nobody reads half a message.
      await writeFile(`${file}.part`, JSON.stringify(message), { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    remove: (id) => rm(join(path, `${id}.json`), { force: true }),
    close: () => watcher?.close(),
  };

  function watchQuietly(folder: string, onName: (name: string | null) => void): FSWatcher | undefined {
    try {
      const opened = watch(folder, { persistent: false }, (_, name) => onName(name));
      opened.on("error", (err) => log.warn({ err }, "stopped watching the mail folder"));
      return opened;
    } catch (err) {
      log.warn({ err }, "can't watch the mail folder: mail from other processes shows up after a restart");
      return undefined;
    }
  }
}

function readMail(file: string, log: Logger): ReadyMessage | "gone" | undefined {
  try {
    return readyMessageSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (err) {
    if (codeOf(err) === "ENOENT") return "gone";
    log.warn({ file, err }, "skipped a mail file that can't be read");
    return undefined;
  }
}
