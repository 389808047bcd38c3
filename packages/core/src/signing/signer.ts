import { constantTimeCompare, saltedHmac } from "@tsgo/utils/crypto";

import { fromSettings } from "../conf/from-settings.ts";
import { BadSignature } from "./errors.ts";
import { type ObjectOptions, packObject, unpackObject } from "./objects.ts";

/** A key to sign with. */
export type SigningKey = string | Uint8Array;

/** What a signature is made with. */
export interface SignerOptions {
  /** The setting SECRET_KEY unless given. */
  readonly key?: SigningKey | null | undefined;
  /** Stands between value and signature: `:` unless given. */
  readonly sep?: string;
  /** Names what is signed, so that a value signed elsewhere does not fit here. */
  readonly salt?: string | null | undefined;
  /** The hash: `sha256` unless given. */
  readonly algorithm?: string | null | undefined;
  /** Keys whose signatures still count: the setting SECRET_KEY_FALLBACKS unless given. */
  readonly fallbackKeys?: readonly SigningKey[] | null | undefined;
}

const secrets = fromSettings(({ SECRET_KEY, SECRET_KEY_FALLBACKS }) => ({
  key: SECRET_KEY,
  fallbacks: SECRET_KEY_FALLBACKS,
}));

/**
 * Signs texts, and checks what comes back. What Django signs under the same key and salt is understood, and the other
 * way round. Django: `Signer`.
 *
 * @example
 * const signer = new Signer({ salt: "newsletter" });
 * signer.unsign(signer.sign("me@example.com")); // "me@example.com"
 */
export class Signer {
  /** The name of Django's class: it is part of the default salt, and so of every signature. */
  protected static readonly djangoName: string = "Signer";

  readonly sep: string;
  readonly salt: string;
  readonly #algorithm: string;
  readonly #key: SigningKey;
  readonly #fallbackKeys: readonly SigningKey[];

  /** @throws RangeError for a separator that a signature could contain. */
  constructor({ key, sep = ":", salt, algorithm, fallbackKeys }: SignerOptions = {}) {
    if (/^[\w=-]*$/.test(sep)) {
      throw new RangeError(`Unsafe Signer separator: '${sep}' (cannot be empty or consist of only A-z0-9-_=)`);
    }
    this.sep = sep;
    this.salt = salt ?? `django.core.signing.${(this.constructor as typeof Signer).djangoName}`;
    this.#algorithm = algorithm ?? "sha256";
    this.#key = key ?? secrets().key;
    this.#fallbackKeys = fallbackKeys ?? secrets().fallbacks;
  }

  /** The signature of a value. */
  signature(value: string, key: SigningKey = this.#key): string {
    return saltedHmac(`${this.salt}signer`, value, key, this.#algorithm).toString("base64url");
  }

  /** The value with its signature behind it. */
  sign(value: string): string {
    return value + this.sep + this.signature(value);
  }

  /**
   * The value that was signed.
   *
   * @throws BadSignature where the signature does not fit under any key.
   */
  unsign(signed: string): string {
    const at = signed.lastIndexOf(this.sep);
    if (at === -1) throw new BadSignature(`No "${this.sep}" found in value`);
    const [value, signature] = [signed.slice(0, at), signed.slice(at + this.sep.length)];
    for (const key of [this.#key, ...this.#fallbackKeys]) {
      if (constantTimeCompare(signature, this.signature(value, key))) return value;
    }
    throw new BadSignature(`Signature "${signature}" does not match`);
  }

  /** Signs a value that JSON can hold. */
  signObject(value: unknown, options?: ObjectOptions): string {
    return this.sign(packObject(value, options));
  }

  /**
   * The value that `signObject` signed.
   *
   * @throws BadSignature, SignedValueTooLarge
   */
  unsignObject(signed: string): unknown {
    return unpackObject(this.unsign(signed));
  }
}
