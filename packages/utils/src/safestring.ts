// Text that is known to be safe for HTML, told apart from text that still has to be escaped.

const SAFE = Symbol.for("tsgo.safe");

/**
 * Text that needs no more escaping when it is put into HTML. Django: `SafeString`.
 *
 * It is an object around the text, so that it can be told from a plain string; wherever JavaScript wants a
 * string (`${safe}`, `safe + ""`, `JSON.stringify`) it gives the text. What string methods make of that text is a
 * plain, unsafe string again.
 */
export class SafeString {
  /** The text itself. */
  readonly value: string;
  declare readonly [SAFE]: true;

  constructor(value: string) {
    this.value = value;
  }

  /** The length of the text in UTF-16 units. */
  get length(): number {
    return this.value.length;
  }

  toString(): string {
    return this.value;
  }

  valueOf(): string {
    return this.value;
  }

  toJSON(): string {
    return this.value;
  }
}

// On the prototype, so that making one costs a single property; the key is registered, so that two copies of this
// package in one process understand each other's strings.
Object.defineProperty(SafeString.prototype, SAFE, { value: true });

/**
 * Declares text to be safe for HTML. Django: `mark_safe`.
 *
 * What is safe already comes back as it is.
 *
 * @example
 * markSafe("<b>bold</b>");
 */
export function markSafe(text: string | SafeString): SafeString {
  return isSafe(text) ? text : new SafeString(text);
}

/** Whether a value is text that was declared safe for HTML. Django asks `hasattr(value, "__html__")`. */
export function isSafe(value: unknown): value is SafeString {
  // Nothing inherited from Object.prototype counts: only what this class, or a copy of it, put there.
  return typeof value === "object" && value !== null && (value as { [SAFE]?: unknown })[SAFE] === true;
}
