/**
 * Ends this process in order when the one that started it is gone. npm starts a command through a shell, and a shell that is ended
 * does not pass it on: the command would keep its port and work for nobody.
 */
export function endWithParent(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGTERM"), 500).unref();
}
