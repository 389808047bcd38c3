/** A text of a database's catalogue, as the driver gives it; null where there is none. */
export function catalogText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  // MySQL keeps some of its texts as bytes.
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === "number" || typeof value === "bigint" ? `${value}` : null;
}
