// The tree of a regular expression in Python's syntax.

/** What a class escape stands for: `\d`, `\w`, `\s` and their complements. */
export type Category = "d" | "D" | "w" | "W" | "s" | "S";

/** One member of `[...]`: a character, a range of characters, or a category. */
export type ClassItem =
  | { readonly type: "range"; readonly from: string; readonly to: string }
  | { readonly type: "category"; readonly category: Category };

/** Flags that change how a part matches. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

export type RegexNode =
  | {
      readonly type: "literal";
      readonly char: string;
      /** As written, without the backslash: `x41` for `\x41`. */
      readonly source: string;
      readonly flags: Flags;
    }
  | { readonly type: "any"; readonly flags: Flags }
  | { readonly type: "category"; readonly category: Category; readonly flags: Flags }
  | {
      readonly type: "class";
      readonly negated: boolean;
      readonly items: readonly ClassItem[];
      /** The first character between the brackets, as `normalize` sees it. */
      readonly first: string;
      readonly flags: Flags;
    }
  | { readonly type: "anchor"; readonly anchor: "^" | "$" | "A" | "Z" | "b" | "B"; readonly flags: Flags }
  | { readonly type: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly type: "alternation"; readonly options: readonly RegexNode[] }
  | { readonly type: "capture"; readonly index: number; readonly name: string | undefined; readonly body: RegexNode }
  /** `(?:...)`; `syntax` is the letter after the question mark, so that `(?i:...)` and comments can be told apart. */
  | { readonly type: "group"; readonly syntax: string; readonly body: RegexNode }
  | { readonly type: "look"; readonly behind: boolean; readonly negative: boolean; readonly body: RegexNode }
  | { readonly type: "atomic"; readonly body: RegexNode }
  | {
      readonly type: "repeat";
      readonly body: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly mode: "greedy" | "lazy" | "possessive";
    }
  | {
      readonly type: "backreference";
      readonly index: number;
      readonly name: string | undefined;
      readonly flags: Flags;
    };

/** A parsed expression with what is known of its groups. */
export interface RegexTree {
  readonly pattern: string;
  readonly root: RegexNode;
  /** How many groups capture. */
  readonly groups: number;
  /** The numbers of the named groups, in the order in which they open. */
  readonly names: ReadonlyMap<string, number>;
}
