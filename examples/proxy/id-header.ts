// `Last-Event-ID` carries UTF-8, but Node and `fetch` show headers as Latin-1: one character for each byte.

export function formatIdHeader(id: string): string {
  return Buffer.from(id).toString("latin1");
}

export function parseIdHeader(header: string): string {
  return Buffer.from(header, "latin1").toString();
}
