// Signed texts and values, and random texts.

import { Signer, type SignerOptions, TimestampSigner, dumps, loads } from "@tsgo/core/signing";
import { getRandomString } from "@tsgo/utils/crypto";

import type { Calls } from "../../calls.ts";
import type { Case } from "../../corpus.ts";

/** The clock during a call, in seconds since 1970. */
interface At {
  readonly at?: number;
}

type SignerArguments = Partial<Record<string, never>> & { readonly fallback_keys?: SignerOptions["fallbackKeys"] };

export const signingCalls: Calls = {
  "core.signing.Signer.sign": (options: SignerArguments, value: string) =>
    new Signer(signerOptions(options)).sign(value),
  "core.signing.Signer.unsign": (options: SignerArguments, signed: string) =>
    new Signer(signerOptions(options)).unsign(signed),
  "core.signing.TimestampSigner.sign": (options: SignerArguments, value: string, { at }: At = {}) =>
    atTime(at, () => new TimestampSigner(signerOptions(options)).sign(value)),
  "core.signing.TimestampSigner.unsign": (
    options: SignerArguments,
    signed: string,
    { at, ...rest }: At & { maxAge?: number | null } = {},
  ) => atTime(at, () => new TimestampSigner(signerOptions(options)).unsign(signed, rest)),
  "core.signing.dumps": (value: unknown, { at, ...options }: At & Parameters<typeof dumps>[1] = {}) =>
    atTime(at, () => dumps(value, options)),
  "core.signing.loads": (signed: string, { at, ...options }: At & Parameters<typeof loads>[1] = {}) =>
    atTime(at, () => loads(signed, options)),
  "utils.crypto.get_random_string (length and allowed characters)": randomFacts,
};

function signerOptions({ fallback_keys: fallbackKeys, ...options }: SignerArguments): SignerOptions {
  return { ...options, ...(fallbackKeys === undefined ? {} : { fallbackKeys }) };
}

// Cases that say nothing of the time were recorded at this one.
const RECORDED_AT = 123_456_789;

/** Calls with another clock. */
export function atTime<R>(seconds: number = RECORDED_AT, run: () => R): R {
  const { now } = Date;
  Date.now = () => seconds * 1000;
  try {
    return run();
  } finally {
    Date.now = now;
  }
}

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Chance is not recorded, only its bounds: how long the text is, and that it stays within its alphabet.
function randomFacts(length: number, allowed?: string): unknown {
  const text = allowed === undefined ? getRandomString(length) : getRandomString(length, allowed);
  const alphabet = allowed ?? ALPHANUMERIC;
  const strays = Array.from(text).filter((character) => !alphabet.includes(character));
  return { length: text.length, charset: strays.length === 0 ? alphabet : strays.join("") };
}

/** Python shows bytes as `b'...'` where they are put into text. */
export function signsBytes({ input }: Case): string | undefined {
  const value = (input["args"] as readonly unknown[] | undefined)?.[1];
  const isBytes = input["fn"] === "core.signing.Signer.sign" && typeof value === "object" && value !== null;
  return isBytes ? "bytes as text show Python itself" : undefined;
}
