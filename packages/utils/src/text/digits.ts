// Digits of other scripts.

const DIGIT = /\p{Nd}/gu;
const IS_DIGIT = /^\p{Nd}$/u;

/** The text with decimal digits of every script as 0 to 9: `２０` becomes `20`. */
export function asciiDigits(text: string): string {
  return text.replaceAll(DIGIT, (digit) => (digit <= "9" ? digit : String(digitValue(digit.codePointAt(0) ?? 0))));
}

// Unicode keeps the ten digits of a script together and in order.
function digitValue(code: number): number {
  let zero = code;
  while (IS_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
