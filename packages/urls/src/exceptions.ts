// What resolving and reversing may end in.

import { TsgoError } from "@tsgo/core/exceptions";
import { Http404 } from "@tsgo/http/exceptions";

import type { UrlEntry } from "./resolver/entry.ts";

/**
 * No pattern matches a path. The handler answers 404. Django: `Resolver404`.
 */
export class Resolver404 extends Http404 {
  /** The path that was looked for, without the slash that the root URLconf takes off. */
  readonly path: string;
  readonly #findTried: () => UrlEntry[][];
  #tried: UrlEntry[][] | undefined;

  constructor(path: string, findTried: () => UrlEntry[][]) {
    super(`No URL pattern matches the path '${path}'.`);
    this.path = path;
    this.#findTried = findTried;
  }

  /** The patterns that were tried, in order; each with the includes that lead to it before it. */
  get tried(): UrlEntry[][] {
    return (this.#tried ??= this.#findTried());
  }
}

/** No URL can be made for a name with the arguments given. Django: `NoReverseMatch`. */
export class NoReverseMatch extends TsgoError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "no_reverse_match", ...options });
  }
}
