/**
 * Shuts this process down when its parent is gone. npm starts commands through a shell, and a shell doesn't forward the signal that
 * ends it: the command would go on and keep its port.
 */
export function endWithParent(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGTERM"), 500).unref();
}
