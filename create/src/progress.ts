/** Where output goes; `isTTY` if it's a terminal. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Progress of a long task: a running count of seconds on a terminal, otherwise one line before and one after. */
export interface Progress {
  done(): void;
  /** Clears the line, so that something else can be printed. */
  clear(): void;
}

export function startProgress(text: string, out: Terminal): Progress {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
  if (!out.isTTY) {
    out.write(`${text} …\n`);
    return { done: () => void out.write(`${text}: done in ${seconds()}\n`), clear: () => undefined };
  }
  const show = () => void out.write(`\r\u001b[K${text} … ${seconds()}`);
  const timer = setInterval(show, 250);
  show();
  const clear = () => {
    clearInterval(timer);
    out.write("\r\u001b[K");
  };
  return {
    clear,
    done() {
      clear();
      out.write(`${text}: done in ${seconds()}\n`);
    },
  };
}
