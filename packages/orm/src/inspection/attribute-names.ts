// Names for what a database has names of its own for, which may be anything.

import { columnName } from "../naming.ts";
import { ModelBase } from "../models/model.ts";
import { RESERVED_NAMES } from "../models/define.ts";

/** Gives out names, each once; `key` tells which count as the same. */
export class NameSet {
  readonly #taken = new Set<string>();
  readonly #key: (name: string) => string;

  constructor(key: (name: string) => string = (name) => name) {
    this.#key = key;
  }

  has(name: string): boolean {
    return this.#taken.has(this.#key(name));
  }

  /** Takes a name that must not be given out any more. */
  add(name: string): void {
    this.#taken.add(this.#key(name));
  }

  /** The name, or the name with the first number that makes it one of its own. */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.has(free); number += 1) free = `${name}${number}`;
    this.add(free);
    return free;
  }
}

/** `polls_question` is `PollsQuestion`. */
export function modelNameOf(table: string): string {
  const name = words(table).map(capitalized).join("");
  const safe = /^[A-Za-z]/.test(name) ? name : `Model${name}`;
  // A class that takes the place of a global one would be in the way of everything else in the file.
  return safe in globalThis ? `${safe}Model` : safe;
}

/** `pub_date` is `pubDate`. What every row has already, and what cannot be the name of a field, becomes another name. */
export function attributeNameOf(column: string): string {
  const [first = "", ...rest] = words(column);
  const name = decapitalized(first) + rest.map(capitalized).join("");
  const safe = name === "" ? "field" : /^[A-Za-z]/.test(name) ? name : `number${name}`;
  return RESERVED_NAMES.has(safe) || safe in ModelBase.prototype ? `${safe}Field` : safe;
}

/** Whether a column has the name that a field gets without saying so. */
export function isPlainColumn(attname: string, column: string): boolean {
  return columnName(attname) === column;
}

// Letters with marks lose these; what is no letter or digit then separates words.
function words(name: string): string[] {
  const plain = name.normalize("NFKD").replaceAll(/\p{Mark}/gu, "");
  return plain
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word));
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function decapitalized(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}
