const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Which bounds belong to a range: `[` and `]` include theirs, `(` and `)` do not. */
export type RangeBounds = "[)" | "[]" | "(]" | "()";

/**
 * All values between two bounds, one of which may be open (null). Answers to psycopg's `Range`.
 *
 * @example
 * new Range(1, 10);                 // 1 to 9
 * new Range(1, null);               // 1 and everything above
 * new Range(1, 10, "[]").toString() // "[1, 10]"
 */
export class Range<T> {
  readonly lower: T | null;
  readonly upper: T | null;
  readonly bounds: RangeBounds;
  /** True for the range that has no values at all. */
  readonly isEmpty: boolean = false;

  constructor(lower: T | null, upper: T | null, bounds: RangeBounds = "[)") {
    if (!/^[[(][\])]$/.test(bounds))
      throw new RangeError(`A range has the bounds "[)", "[]", "(]" or "()", not ${JSON.stringify(bounds)}.`);
    this.lower = lower;
    this.upper = upper;
    this.bounds = bounds;
  }

  /** The range that has no values. */
  static empty<T>(): Range<T> {
    const range = new Range<T>(null, null, "()");
    (range as { isEmpty: boolean }).isEmpty = true;
    return range;
  }

  /** The lower bound is one of the values. */
  get includesLower(): boolean {
    return this.lower !== null && this.bounds.startsWith("[");
  }

  /** The upper bound is one of the values. */
  get includesUpper(): boolean {
    return this.upper !== null && this.bounds.endsWith("]");
  }

  /** The same range with other bounds, each made by `change`. */
  map<U>(change: (bound: T) => U): Range<U> {
    if (this.isEmpty) return Range.empty();
    const bound = (value: T | null): U | null => (value === null ? null : change(value));
    return new Range(bound(this.lower), bound(this.upper), this.bounds);
  }

  toString(): string {
    if (this.isEmpty) return "empty";
    return `${this.bounds[0]}${String(this.lower ?? "")}, ${String(this.upper ?? "")}${this.bounds[1]}`;
  }

  /** What the console shows. */
  [INSPECT](): string {
    return `Range ${this.toString()}`;
  }

  /** As Django's fixtures have it. */
  toJSON(): { readonly empty: true } | { readonly lower: T | null; readonly upper: T | null; readonly bounds: string } {
    return this.isEmpty ? { empty: true } : { lower: this.lower, upper: this.upper, bounds: this.bounds };
  }
}
