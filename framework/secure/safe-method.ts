/** Whether a method promises to change nothing (RFC 9110, 9.2.1). TRACE is not among them here: nothing of ours answers it. */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}
