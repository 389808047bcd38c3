/** Puts no-break spaces for spaces, so that a text stays on one line. Django: `avoid_wrapping`. */
export function avoidWrapping(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}
