/** Makes every line end, of whatever system, a single `\n`. Django: `normalize_newlines`. */
export function normalizeNewlines(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
