/** What the broker counts since it was created; only ever rising. */
export class BrokerCounters {
  broadcasts = 0;
  deliveries = 0;
  bytes = 0;
  flushes = 0;
  flushedEvents = 0;
  resets = 0;
  refused = 0;
  stalled = 0;
  opened = 0;
}
