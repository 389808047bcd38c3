// Text that is made at the moment when it is read.

/**
 * Text that is worked out anew each time it is turned into a string, so that it follows the language then active.
 * Django: what `lazy(func, str)` returns.
 *
 * @example
 * const label = new LazyText(() => gettext("Question"));
 * `${label}`; // in the language of this moment
 */
export class LazyText {
  readonly #make: () => string;

  constructor(make: () => string) {
    this.#make = make;
  }

  toString(): string {
    return this.#make();
  }

  valueOf(): string {
    return this.#make();
  }

  toJSON(): string {
    return this.#make();
  }
}
