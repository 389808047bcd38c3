import type { LazyText } from "@tsgo/utils/functional";

import type { AnyConverter } from "../converters.ts";
import type { PathPattern, PatternMatch } from "./pattern.ts";

/** A route or expression whose text is translated: one pattern for each text that has been seen. */
export class TranslatedPattern implements PathPattern {
  readonly prefix = "";
  readonly literal = false;
  readonly translated = true;
  readonly #text: LazyText;
  readonly #make: (text: string) => PathPattern;
  readonly #patterns = new Map<string, PathPattern>();

  constructor(text: LazyText, make: (text: string) => PathPattern) {
    this.#text = text;
    this.#make = make;
  }

  get regex(): string {
    return this.#current.regex;
  }

  get converters(): ReadonlyMap<string, AnyConverter> {
    return this.#current.converters;
  }

  match(path: string): PatternMatch | undefined {
    return this.#current.match(path);
  }

  toString(): string {
    return this.#text.toString();
  }

  get #current(): PathPattern {
    const text = this.#text.toString();
    let pattern = this.#patterns.get(text);
    if (pattern === undefined) {
      pattern = this.#make(text);
      this.#patterns.set(text, pattern);
    }
    return pattern;
  }
}
