// Percent escapes, with the rules of Python's urllib.parse.

const utf8 = new TextEncoder();
// oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
const ASCII_RUN = /[\0-\x7f]+/g;
const ALWAYS_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

/** Turns bytes into text; what is no text becomes U+FFFD. The default reads UTF-8. */
export type Decode = (bytes: Uint8Array) => string;

/**
 * Resolves `%xx` escapes. A broken escape stays as it stands. Python: `urllib.parse.unquote`.
 *
 * @example
 * unquote("caf%C3%A9 100%"); // "café 100%"
 */
export function unquote(text: string, decode?: Decode): string {
  if (!text.includes("%")) return text;
  if (decode === undefined) {
    try {
      return decodeURIComponent(text);
    } catch {
      // Something in it is broken: resolve what can be, run by run.
    }
  }
  return text.replaceAll(ASCII_RUN, (run) => (run.includes("%") ? (decode ?? decodeUtf8)(unquoteToBytes(run)) : run));
}

/** Like `unquote`, with `+` for a space, as forms and query strings have it. Python: `unquote_plus`. */
export function unquotePlus(text: string, decode?: Decode): string {
  return unquote(text.includes("+") ? text.replaceAll("+", " ") : text, decode);
}

/** Resolves `%xx` escapes to bytes; other characters give their UTF-8. Python: `unquote_to_bytes`. */
export function unquoteToBytes(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === "string" ? utf8.encode(text) : text.slice();
  let end = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    const escaped = byte === 0x25 ? hexPair(bytes[i + 1], bytes[i + 2]) : -1;
    if (escaped >= 0) i += 2;
    bytes[end] = escaped >= 0 ? escaped : byte;
    end += 1;
  }
  return bytes.subarray(0, end);
}

/**
 * Writes everything but letters, digits, `_.-~` and the characters in `safe` as `%XX`. Python: `urllib.parse.quote`.
 *
 * @example
 * quote("/a b&c"); // "/a%20b%26c"
 */
export function quote(text: string | Uint8Array, safe = "/"): string {
  const bytes = typeof text === "string" ? utf8.encode(text) : text;
  let quoted = "";
  for (const byte of bytes) quoted += quotedByte(byte, safe);
  return quoted;
}

/** Like `quote`, with `+` for a space. Python: `quote_plus`. */
export function quotePlus(text: string | Uint8Array, safe = ""): string {
  return quote(text, `${safe} `).replaceAll(" ", "+");
}

function quotedByte(byte: number, safe: string): string {
  const character = String.fromCharCode(byte);
  if (byte < 0x80 && (ALWAYS_SAFE.includes(character) || safe.includes(character))) return character;
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

const defaultDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string {
  return defaultDecoder.decode(bytes);
}

function hexPair(high: number | undefined, low: number | undefined): number {
  const [a, b] = [hexDigit(high), hexDigit(low)];
  return a < 0 || b < 0 ? -1 : a * 16 + b;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
