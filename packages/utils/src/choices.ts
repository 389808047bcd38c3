// Choices of a field, in the one shape that all of tsgo works with.

/** A value with its label, or a group with the choices in it. */
export type Choice = readonly [value: unknown, label: unknown];

/** Every way to write choices: pairs, a mapping, or a function that gives either. */
export type ChoicesInput =
  | Iterable<readonly [unknown, unknown]>
  | ReadonlyMap<unknown, unknown>
  | Readonly<Record<string, unknown>>
  | (() => ChoicesInput);

/**
 * Choices as pairs: `[value, label]`, or `[group, pairs]`. A function is called anew each time the choices are gone
 * through. Django: `normalize_choices`.
 *
 * @example
 * [...normalizeChoices({ s: "Small", l: "Large" })]; // [["s", "Small"], ["l", "Large"]]
 */
export function normalizeChoices(choices: ChoicesInput): Iterable<Choice> {
  if (typeof choices !== "function") return pairsOf(choices, 0) as Choice[];
  return { [Symbol.iterator]: () => (pairsOf(choices(), 0) as Choice[])[Symbol.iterator]() };
}

function pairsOf(value: unknown, depth: number): unknown {
  if (depth >= 2 || typeof value === "string") return value;
  const resolved: unknown = typeof value === "function" ? value() : value;
  if (typeof resolved !== "object" || resolved === null) return resolved;
  const pairs = Symbol.iterator in resolved ? [...(resolved as Iterable<unknown>)] : plainEntries(resolved);
  if (pairs === undefined || !pairs.every(isPair)) return resolved;
  return pairs.map(([key, nested]) => [key, pairsOf(nested, depth + 1)]);
}

// A label may be an object that stands for text: it is no mapping.
function plainEntries(value: object): [string, unknown][] | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : undefined;
}

function isPair(item: unknown): item is [unknown, unknown] {
  return Array.isArray(item) && item.length === 2;
}

/** The choices without their groups. Django: `flatten_choices`. */
export function* flattenChoices(choices: Iterable<Choice> | null | undefined): IterableIterator<Choice> {
  for (const [value, labelOrGroup] of choices ?? []) {
    if (Array.isArray(labelOrGroup)) yield* labelOrGroup as Choice[];
    else yield [value, labelOrGroup];
  }
}
