/** Whether a method is safe, meaning that it changes nothing (RFC 9110, 9.2.1). TRACE is left out: we don't support it. */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}
