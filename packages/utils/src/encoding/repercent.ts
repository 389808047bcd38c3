// Bytes that are meant to be UTF-8 and are not.

/**
 * Percent-encodes each byte that is no part of valid UTF-8, so that the rest can be read as text. Django:
 * `repercent_broken_unicode`.
 */
export function repercentBrokenUnicode(bytes: Uint8Array): Uint8Array {
  const broken = countBroken(bytes);
  if (broken === 0) return bytes;
  const encoded = new Uint8Array(bytes.length + broken * 2);
  let end = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    const piece = length > 0 ? bytes.subarray(at, at + length) : escapeOf(bytes[at] ?? 0);
    encoded.set(piece, end);
    end += piece.length;
    at += Math.max(1, length);
  }
  return encoded;
}

function countBroken(bytes: Uint8Array): number {
  let broken = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length === 0) broken += 1;
    at += Math.max(1, length);
  }
  return broken;
}

function escapeOf(byte: number): Uint8Array {
  return Buffer.from(`%${byte.toString(16).toUpperCase()}`);
}

/** The length of the UTF-8 sequence that starts here, 0 where none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] ?? 0;
  const [low, high] = secondByteRange(first);
  if (second < low || second > high) return 0;
  for (let index = at + 2; index < at + length; index += 1) if (((bytes[index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

// Excluded: longer forms of short sequences, halves of surrogate pairs, and what lies beyond Unicode.
function secondByteRange(first: number): readonly [number, number] {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}
