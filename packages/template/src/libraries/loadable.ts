// The libraries that come with tsgo and are there after `{% load %}`.

import type { Library } from "../library/library.ts";

/** Libraries by the name that `{% load %}` uses. */
export const builtinLoadable: ReadonlyMap<string, Library> = new Map();
