// Lengths and places counted in code points, as Python counts them.

const SURROGATE = /[\ud800-\udfff]/;

/** How many code points a text has. */
export function codePointLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let index = 0; index < text.length; index = nextIndex(text, index)) count += 1;
  return count;
}

/** The first `count` code points of a text. */
export function firstCodePoints(text: string, count: number): string {
  let index = 0;
  for (let seen = 0; seen < count && index < text.length; seen += 1) index = nextIndex(text, index);
  return text.slice(0, index);
}

/** The index of the code point behind the one that starts at `index`. */
export function nextIndex(text: string, index: number): number {
  return index + ((text.codePointAt(index) ?? 0) > 0xff_ff ? 2 : 1);
}

const MARK = /^\p{M}/u;
// Marks of the first and of the last combining class: beside one of them every other mark shows its own.
const OVERLAY = "\u0334";
const IOTA = "\u0345";

/**
 * Whether a code point only changes the one before it: its canonical combining class is not zero. Python:
 * `unicodedata.combining`.
 */
export function isCombining(character: string): boolean {
  if (character < "\u0300" || !MARK.test(character)) return false;
  // Normalising sorts marks by their class, and never moves what has none.
  const mark = character.normalize("NFD");
  return (mark + OVERLAY).normalize("NFD") !== mark + OVERLAY || (IOTA + mark).normalize("NFD") !== IOTA + mark;
}
