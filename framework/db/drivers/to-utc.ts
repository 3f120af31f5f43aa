/** pg writes dates in the zone of the process, and PostgreSQL then drops the zone for columns without one. */
export function toUtc(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}
