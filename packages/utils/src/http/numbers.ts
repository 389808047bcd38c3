// Numbers and bytes in the letters that URLs take as they are.

const MAX_BASE36_LENGTH = 13;
const BASE36 = /^\s*([+-]?)([0-9a-z]+)\s*$/i;

/**
 * Reads a number in base 36. Django: `base36_to_int`.
 *
 * @throws RangeError for text that is no such number, or of more than 13 characters.
 *
 * @example
 * base36ToInt("rs"); // 1000
 */
export function base36ToInt(text: string): number {
  if (text.length > MAX_BASE36_LENGTH) throw new RangeError("Base36 input too large");
  const match = BASE36.exec(text);
  if (match === null) throw new RangeError(`${JSON.stringify(text)} is no number in base 36`);
  const number = Number.parseInt(match[2] ?? "", 36);
  return match[1] === "-" ? -number : number;
}

/**
 * Writes a whole number in base 36. Django: `int_to_base36`.
 *
 * @throws RangeError for a number that is negative or not whole.
 */
export function intToBase36(number: number): string {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`Only a whole number from 0 can be written in base 36, not ${String(number)}.`);
  return number.toString(36);
}

/** Bytes as base64 for URLs, without padding. Django: `urlsafe_base64_encode`. */
export function urlsafeBase64Encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/**
 * Reads base64 for URLs, with or without padding; other characters are passed over. Django: `urlsafe_base64_decode`.
 *
 * @throws RangeError where the text ends in the middle of a byte.
 */
export function urlsafeBase64Decode(text: string): Uint8Array {
  const letters = text.replaceAll(/[^A-Za-z0-9_-]/g, "");
  if (letters.length % 4 === 1) throw new RangeError(`${JSON.stringify(text)} is no base64: it is cut off.`);
  return Buffer.from(letters, "base64url");
}
