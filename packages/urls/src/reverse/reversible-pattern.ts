import { textForm } from "@tsgo/utils/text-form";
import {
  compileTree,
  NonReversibleRegexError,
  parseRegex,
  type RegexTree,
  type ReverseForm,
  reverseForms,
} from "@tsgo/utils/regex";

import type { AnyConverter } from "../converters.ts";
import { NoReverseMatch } from "../exceptions.ts";
import { isRefusal } from "../patterns/route-pattern.ts";

type Converters = ReadonlyMap<string, AnyConverter>;
type Kwargs = Readonly<Record<string, unknown>>;

/** A whole pattern, from the root of the site or of a namespace to a view, that paths can be made from. */
export class ReversiblePattern {
  /** Without the mark of the start. */
  readonly regex: string;
  readonly #defaults: Kwargs;
  readonly #converters: Converters;
  // Most patterns of a site are never reversed, so nothing is parsed before one is.
  #tree: RegexTree | undefined;
  #forms: readonly ReverseForm[] | undefined;
  #check: RegExp | undefined;

  constructor(regex: string, defaults: Kwargs, converters: Converters) {
    this.regex = regex;
    this.#defaults = defaults;
    this.#converters = converters;
  }

  /** The same behind the pattern of an include. */
  behind(prefix: string, converters: Converters, defaults: Kwargs): ReversiblePattern {
    return new ReversiblePattern(
      prefix + this.regex,
      { ...this.#defaults, ...defaults },
      new Map([...converters, ...this.#converters]),
    );
  }

  /** The path that this pattern gives for these arguments, not yet encoded; undefined where they do not fit. */
  reverse(args: readonly unknown[], kwargs: Kwargs): string | undefined {
    for (const form of this.#reverseForms) {
      const values = args.length > 0 ? byPosition(form, args) : this.#byName(form, kwargs);
      const path = values && this.#fill(form, values);
      if (path !== undefined && this.#matches(path)) return path;
    }
    return undefined;
  }

  get #reverseForms(): readonly ReverseForm[] {
    return (this.#forms ??= formsOf(this.#parsed));
  }

  get #parsed(): RegexTree {
    return (this.#tree ??= parseRegex(`^${this.regex}`));
  }

  // All that is given has to have a place, all that has a place has to be given or have a default, and a default that is
  // not in the path must not be contradicted.
  #byName({ params }: ReverseForm, kwargs: Kwargs): Kwargs | undefined {
    const defaults = this.#defaults;
    for (const name of Object.keys(kwargs)) {
      if (params.includes(name)) continue;
      if (!Object.hasOwn(defaults, name) || !Object.is(defaults[name], kwargs[name])) return undefined;
    }
    let values = kwargs;
    for (const name of params) {
      if (Object.hasOwn(kwargs, name)) continue;
      if (!Object.hasOwn(defaults, name)) return undefined;
      values = { ...defaults, ...kwargs };
    }
    return values;
  }

  #fill({ parts }: ReverseForm, values: Kwargs): string | undefined {
    let path = "";
    for (const part of parts) {
      const text = typeof part === "string" ? part : this.#textOf(part.name, values[part.name]);
      if (text === undefined) return undefined;
      path += text;
    }
    return path;
  }

  #textOf(name: string, value: unknown): string | undefined {
    const converter = this.#converters.get(name);
    if (converter === undefined) return textForm(value);
    try {
      return converter.toUrl(value);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  #matches(path: string): boolean {
    this.#check ??= compileTree(this.#parsed, { strictAnchors: true }).regexp;
    return this.#check.test(path);
  }
}

function formsOf(tree: RegexTree): readonly ReverseForm[] {
  try {
    return reverseForms(tree);
  } catch (cause) {
    if (cause instanceof NonReversibleRegexError) throw new NoReverseMatch(`${cause.message}.`, { cause });
    throw cause;
  }
}

function byPosition({ params }: ReverseForm, args: readonly unknown[]): Kwargs | undefined {
  if (params.length !== args.length) return undefined;
  return Object.fromEntries(params.map((name, index) => [name, args[index]]));
}
