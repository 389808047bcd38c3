// Numbers and bytes in characters that fit into a URL or a cookie.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Longer texts are no numbers that were ever signed. */
const LONGEST = 100;

/** An integer in digits of base 62. Django: `b62_encode`. */
export function b62Encode(number: number | bigint): string {
  let rest = BigInt(number);
  if (rest < 0n) return `-${b62Encode(-rest)}`;
  let encoded = "";
  do {
    encoded = ALPHABET.charAt(Number(rest % 62n)) + encoded;
    rest /= 62n;
  } while (rest > 0n);
  return encoded;
}

/**
 * The integer of a text in base 62. Django: `b62_decode`.
 *
 * @throws RangeError where the text is no such number.
 */
export function b62Decode(text: string): bigint {
  const digits = text.startsWith("-") ? text.slice(1) : text;
  if (!/^[\dA-Za-z]+$/.test(digits) || digits.length > LONGEST) {
    throw new RangeError(`'${text.slice(0, LONGEST)}' is no number of base 62.`);
  }
  const number = Array.from(digits).reduce((sum, digit) => sum * 62n + BigInt(ALPHABET.indexOf(digit)), 0n);
  return text.startsWith("-") ? -number : number;
}

/** Bytes in the base 64 of URLs, without padding. Django: `b64_encode`. */
export function b64Encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/**
 * The bytes of a text in the base 64 of URLs. Django: `b64_decode`.
 *
 * @throws RangeError where the text is none.
 */
export function b64Decode(text: string): Uint8Array {
  if (!/^[\w-]*={0,2}$/.test(text) || text.replaceAll("=", "").length % 4 === 1) {
    throw new RangeError("The text is not in the base 64 of URLs.");
  }
  return new Uint8Array(Buffer.from(text, "base64url"));
}
