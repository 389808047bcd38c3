const SINGLE = new Set(["host", "content-length", "content-type", "authorization"]);

/** Whether a header that has one value at most was sent twice. `rawHeaders` are names and values in turn. */
export function isRepeated(rawHeaders: readonly string[]): boolean {
  let seen = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const bit = bitOf(rawHeaders[i] ?? "");
    if (bit === 0) continue;
    if ((seen & bit) !== 0) return true;
    seen |= bit;
  }
  return false;
}

// Told apart by their lengths before anything is compared: this runs for every header of every request.
function bitOf(name: string): number {
  const { length } = name;
  if (length !== 4 && length < 12) return 0;
  if (length > 14 || !SINGLE.has(name.toLowerCase())) return 0;
  return length === 4 ? 1 : 1 << (length - 11);
}
