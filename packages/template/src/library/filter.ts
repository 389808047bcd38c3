// What a filter is, to the parser and to the code generator.

/** Tells a filter that asks for it how its result will be used. */
export interface FilterState {
  /** Whether what is printed here is escaped, so that a filter that makes HTML must escape what it was given. */
  readonly autoescape: boolean;
}

/** Whether a filter can, must or must not be given an argument. */
export type FilterArgument = "none" | "optional" | "required";

/** How a filter behaves. Django: the flags of `register.filter`. */
export interface FilterOptions {
  /** Puts no character into its result that needs escaping: a safe input gives a safe output. */
  readonly isSafe?: boolean;
  /** Gets `{ autoescape }` as its third parameter. */
  readonly needsAutoescape?: boolean;
  /** Gets dates with a time in the time zone that is active. */
  readonly expectsLocaltime?: boolean;
}

/** A filter as a library holds it. */
export interface Filter {
  readonly name: string;
  readonly apply: (value: never, argument: never, state: FilterState) => unknown;
  readonly argument: FilterArgument;
  readonly isSafe: boolean;
  readonly needsAutoescape: boolean;
  readonly expectsLocaltime: boolean;
}
