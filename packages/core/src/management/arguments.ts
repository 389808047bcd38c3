// How a command declares what it takes; the types of its options follow from that.

/** Turns the text of an argument into its value. Throws a RangeError or TypeError that says what is expected. */
export type ParseText<T> = (text: string) => T;

/** One thing that a command takes. `T` is the type of its value. */
export interface Argument<T> {
  readonly kind: "flag" | "option" | "positional";
  /** `["-t", "--tag"]`; none for a positional argument. */
  readonly flags: readonly string[];
  readonly help: string;
  /** How the value is called in the help. */
  readonly metavar: string | undefined;
  /** The value where the user says nothing. */
  readonly default: T;
  /** How many values: one (undefined), perhaps one, any number, at least one. */
  readonly nargs: "?" | "*" | "+" | undefined;
  readonly choices: readonly unknown[] | undefined;
  /** A value by each flag that takes none. */
  readonly constants: ReadonlyMap<string, unknown> | undefined;
  /** The text that stands for the value where the option is given without one; undefined where it must have one. */
  readonly implied: string | undefined;
  /** May be given several times; the values make a list. */
  readonly repeat: boolean;
  readonly required: boolean;
  readonly parse: ParseText<unknown>;
  /** Never there: carries the type. */
  readonly type?: T;
}

/** What a command takes, by the names under which `handle` gets it. */
export type ArgumentMap = Readonly<Record<string, Argument<unknown>>>;

/** The values that `handle` gets for the arguments `A`. */
export type ValuesOf<A extends ArgumentMap> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
};

type Described = { readonly help?: string; readonly metavar?: string };
type OneOf<C> = C extends readonly (infer V)[] ? V : string;

/** A switch: false, or true where it is given. With `stores: false` the other way round. */
export function flag(
  flags: string | readonly string[],
  options: { help?: string; stores?: boolean } = {},
): Argument<boolean> {
  const { stores = true, help = "" } = options;
  return constant(Object.fromEntries([flags].flat().map((name) => [name, stores])), { default: !stores, help });
}

/** One of several values, each with a flag of its own: `constant({ "--list": "list", "--plan": "plan" }, ...)`. */
export function constant<T>(
  values: Readonly<Record<string, T>>,
  options: { default: NoInfer<T>; help?: string },
): Argument<T> {
  return {
    ...BLANK,
    kind: "flag",
    flags: Object.keys(values),
    help: options.help ?? "",
    default: options.default,
    constants: new Map(Object.entries(values)),
  };
}

/** An option with a value, a text or one of `choices`. */
export function option<
  const C extends readonly string[] | undefined = undefined,
  D extends OneOf<C> | undefined = undefined,
>(
  flags: string | readonly string[],
  options: Described & { choices?: C; default?: D; required?: boolean } = {},
): Argument<OneOf<C> | D> {
  return {
    ...BLANK,
    ...described(options),
    kind: "option",
    flags: [flags].flat(),
    choices: options.choices,
    default: options.default as D,
    required: options.required ?? false,
  };
}

/** An option whose value is made by `parse`, such as `integer`. */
export function parsed<T, D = undefined>(
  flags: string | readonly string[],
  parse: ParseText<T>,
  options: Described & { choices?: readonly T[]; default?: D } = {},
): Argument<T | D> {
  return {
    ...BLANK,
    ...described(options),
    kind: "option",
    flags: [flags].flat(),
    parse,
    choices: options.choices,
    default: options.default as D,
  };
}

/** An option that may be given several times: a list of the default's values, then of those given. */
export function repeated(
  flags: string | readonly string[],
  options: Described & { choices?: readonly string[]; default?: readonly string[]; implied?: string } = {},
): Argument<readonly string[]> {
  return {
    ...BLANK,
    ...described(options),
    kind: "option",
    flags: [flags].flat(),
    choices: options.choices,
    default: options.default ?? [],
    implied: options.implied,
    repeat: true,
  };
}

/** A positional argument that must be there. */
export function positional(options: Described & { choices?: readonly string[] } = {}): Argument<string> {
  return { ...BLANK, ...described(options), kind: "positional", choices: options.choices, default: "", required: true };
}

/** A positional argument that may be missing. */
export function optionalPositional(options: Described = {}): Argument<string | undefined> {
  return { ...BLANK, ...described(options), kind: "positional", nargs: "?", default: undefined };
}

/** All the positional arguments that are left; `atLeastOne` where none is an error. */
export function positionals(options: Described & { atLeastOne?: boolean } = {}): Argument<readonly string[]> {
  const nargs = options.atLeastOne ? "+" : "*";
  return { ...BLANK, ...described(options), kind: "positional", nargs, default: [], required: nargs === "+" };
}

/** Reads a whole number. */
export const integer: ParseText<number> = (text) => {
  if (!/^[+-]?\d+$/.test(text.trim())) throw new RangeError("a whole number is expected");
  return Number(text);
};

const BLANK = {
  flags: [],
  help: "",
  metavar: undefined,
  nargs: undefined,
  choices: undefined,
  constants: undefined,
  implied: undefined,
  repeat: false,
  required: false,
  parse: String as ParseText<unknown>,
} as const;

function described({ help, metavar }: Described): { help: string; metavar: string | undefined } {
  return { help: help ?? "", metavar };
}
