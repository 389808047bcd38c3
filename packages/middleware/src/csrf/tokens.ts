// Secrets and the tokens that are shown in their place.

import { constantTimeCompare, getRandomString } from "@tsgo/utils/crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALPHABET = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;
const SECRET_LENGTH = 32;
const TOKEN_LENGTH = SECRET_LENGTH * 2;

/** What is wrong with the form of a token; completes a sentence. */
export type TokenFault = "has incorrect length" | "has invalid characters";

/** A new secret. */
export function newSecret(): string {
  return getRandomString(SECRET_LENGTH, ALPHABET);
}

/** What is wrong with the form of a secret or token; undefined for nothing. */
export function tokenFault(token: string): TokenFault | undefined {
  if (token.length !== SECRET_LENGTH && token.length !== TOKEN_LENGTH) return "has incorrect length";
  return /[^a-zA-Z0-9]/.test(token) ? "has invalid characters" : undefined;
}

/**
 * A token that stands for a secret. It is another each time, so that a page that is compressed together with text of an
 * attacker's choice does not give the secret away (BREACH): a random mask, and the secret shifted by it.
 */
export function maskSecret(secret: string, mask: string = newSecret()): string {
  return mask + shift(secret, mask, 1);
}

/** The secret that a token stands for. Secrets of Django before 4.0 were stored masked, so cookies may hold tokens too. */
export function unmaskToken(token: string): string {
  return shift(token.slice(SECRET_LENGTH), token.slice(0, SECRET_LENGTH), -1);
}

/** The secret in a cookie, masked or not. */
export function secretOf(stored: string): string {
  return stored.length === TOKEN_LENGTH ? unmaskToken(stored) : stored;
}

/** Whether a token, or a secret itself, stands for a secret. Both are of a valid form. */
export function tokenMatches(token: string, secret: string): boolean {
  return constantTimeCompare(secretOf(token), secret);
}

function shift(text: string, mask: string, direction: 1 | -1): string {
  return Array.from(text, (char, index) => {
    const by = ALPHABET.indexOf(mask.charAt(index)) * direction;
    return ALPHABET.charAt((ALPHABET.indexOf(char) + by + ALPHABET.length) % ALPHABET.length);
  }).join("");
}
