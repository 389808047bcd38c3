// Cryptography that more than one part needs.

import { createHash, createHmac, getHashes, pbkdf2 as nodePbkdf2, randomInt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Raised for a hash that the runtime does not have. Django: `InvalidAlgorithm`. */
export class InvalidAlgorithm extends Error {
  readonly code = "invalid_algorithm";

  constructor(algorithm: string) {
    super(`'${algorithm}' is not an algorithm that this Node.js accepts; crypto.getHashes() lists those that are.`);
    this.name = "InvalidAlgorithm";
  }
}

/**
 * A keyed hash whose key is made of a salt for the purpose and a secret. Django: `salted_hmac`.
 *
 * @param keySalt Names what the hash is for, so that one made elsewhere does not fit here.
 * @throws InvalidAlgorithm where there is no such hash.
 */
export function saltedHmac(
  keySalt: string | Uint8Array,
  value: string | Uint8Array,
  secret: string | Uint8Array,
  algorithm = "sha1",
): Buffer {
  if (!getHashes().includes(algorithm)) throw new InvalidAlgorithm(algorithm);
  const key = createHash(algorithm).update(keySalt).update(secret).digest();
  return createHmac(algorithm, key).update(value).digest();
}

/**
 * A random text for secrets. Every character is equally likely. Django: `get_random_string`.
 *
 * @param length How many characters.
 * @param allowedCharacters The alphabet: letters and digits of ASCII unless given.
 */
export function getRandomString(length: number, allowedCharacters: string = ALPHANUMERIC): string {
  const alphabet = Array.from(allowedCharacters);
  if (alphabet.length === 0) throw new RangeError("A random text needs at least one allowed character.");
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/**
 * Compares two secrets in a time that does not tell where they differ. Texts and bytes compare by what they are in
 * UTF-8; anything else is equal to nothing. Django: `constant_time_compare`.
 */
export function constantTimeCompare(a: unknown, b: unknown): boolean {
  // In UTF-8 all halves of surrogate pairs would look alike.
  const encoding = typeof a === "string" && typeof b === "string" ? "utf16le" : "utf8";
  const [first, second] = [toBytes(a, encoding), toBytes(b, encoding)];
  if (first.length !== second.length) return !timingSafeEqual(first, first);
  return timingSafeEqual(first, second) && isComparable(a) && isComparable(b);
}

function isComparable(value: unknown): value is string | Uint8Array {
  return typeof value === "string" || value instanceof Uint8Array;
}

function toBytes(value: unknown, encoding: BufferEncoding): Buffer {
  if (typeof value === "string") return Buffer.from(value, encoding);
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0);
}

/** How a key is derived. */
export interface Pbkdf2Options {
  /** The length of the key in bytes: that of the digest unless given. */
  readonly dklen?: number;
  readonly digest?: string;
}

const derive = promisify(nodePbkdf2);

/** A key made of a password by many rounds of hashing, off the main thread. Django: `pbkdf2`. */
export function pbkdf2(
  password: string | Uint8Array,
  salt: string | Uint8Array,
  iterations: number,
  { dklen = 0, digest = "sha256" }: Pbkdf2Options = {},
): Promise<Buffer> {
  return derive(password, salt, iterations, dklen === 0 ? createHash(digest).digest().length : dklen, digest);
}
