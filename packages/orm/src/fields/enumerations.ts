// Choices with names: what a field's `choices` and the code that compares its values share.

type Member<T> = T | readonly [value: T, label: string];
type ValueOf<D> = D extends readonly [infer V, string] ? V : D;

/** Values by name, and the list of pairs that a field takes as its `choices`. */
export type Enumeration<D> = { readonly [K in keyof D]: ValueOf<D[K]> } & {
  readonly choices: readonly (readonly [value: ValueOf<D[keyof D]>, label: string])[];
  readonly values: readonly ValueOf<D[keyof D]>[];
  readonly labels: readonly string[];
};

const TAKEN: ReadonlySet<string> = new Set(["choices", "values", "labels"]);

/**
 * Names the texts that a field may hold. A member is its value, or value and label; without a label its name is made one.
 * Answers to `TextChoices`.
 *
 * @throws RangeError where a member has the name of one of the lists, or two members have the same value.
 * @example
 * const Status = models.textChoices({ DRAFT: "d", IN_PRINT: ["p", "In print"] });
 * models.CharField({ maxLength: 1, choices: Status, default: Status.DRAFT });
 */
export function textChoices<const D extends Readonly<Record<string, Member<string>>>>(members: D): Enumeration<D> {
  return enumeration(members);
}

/**
 * Names the whole numbers that a field may hold. Answers to `IntegerChoices`.
 *
 * @throws RangeError as `textChoices` does.
 * @example const Suit = models.integerChoices({ DIAMOND: 1, SPADE: 2 });
 */
export function integerChoices<const D extends Readonly<Record<string, Member<number>>>>(members: D): Enumeration<D> {
  return enumeration(members);
}

function enumeration<D extends Readonly<Record<string, Member<string | number>>>>(members: D): Enumeration<D> {
  const choices = Object.entries(members).map(([name, member]) => pair(name, member));
  const values = choices.map(([value]) => value);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new RangeError(`Two choices have the value ${JSON.stringify(twice)}.`);
  const named = Object.fromEntries(Object.keys(members).map((name, index) => [name, values[index]]));
  const labels = choices.map(([, label]) => label);
  return Object.freeze({ ...named, choices, values, labels }) as unknown as Enumeration<D>;
}

function pair(name: string, member: Member<string | number>): readonly [value: string | number, label: string] {
  if (TAKEN.has(name))
    throw new RangeError(`A choice cannot be called '${name}': that is the name of a list of all of them.`);
  return typeof member === "object" ? member : [member, labelOf(name)];
}

// IN_PRINT and inPrint become "In Print".
function labelOf(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, "$1_$2").split("_");
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()).join(" ");
}
