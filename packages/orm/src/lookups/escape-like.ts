/** A text with the characters that LIKE reads otherwise escaped. */
export function escapeLike(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("%", "\\%").replaceAll("_", "\\_");
}
