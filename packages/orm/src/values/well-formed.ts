/** Whether a text has no half of a surrogate pair. (`String.prototype.isWellFormed`, which the language level here lacks.) */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
