// White space as Python's `str` methods and patterns see it: JavaScript's `\s` has U+FEFF more and six controls less.

/** The inside of a character class that matches one white-space character. */
export const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;

const SPACE_AT_ENDS = new RegExp(`^[${SPACE}]+`, "u");

/** Whether a UTF-16 code unit is white space. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The text without white space at its beginning. */
export function stripStart(text: string): string {
  return text.replace(SPACE_AT_ENDS, "");
}

/** The text without white space at its end. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The text without white space at both ends. Python: `strip()`. */
export function strip(text: string): string {
  return stripEnd(stripStart(text));
}

/** The words of a text: what stands between white space, `most` of them at most. Python: `split()`. */
export function splitWords(text: string, most = Infinity): string[] {
  const words: string[] = [];
  let at = 0;
  while (words.length < most) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
    if (at === text.length) break;
    const start = at;
    while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1;
    words.push(text.slice(start, at));
  }
  return words;
}
