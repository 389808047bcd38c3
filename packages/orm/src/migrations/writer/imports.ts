// What a migration file has to import for the names it uses.

import { stringLiteral } from "./layout.ts";

/** The names that a file uses, by the module they come from. */
export class Imports {
  readonly #names = new Map<string, Map<string, string>>();

  /** Notes that `name` of a module is used, and gives the name to use for it: another one where two modules have the same. */
  use(module: string, name: string): string {
    const known = this.#names.get(module) ?? new Map<string, string>();
    this.#names.set(module, known);
    const local = known.get(name) ?? this.#freeName(name);
    known.set(name, local);
    return local;
  }

  #freeName(name: string): string {
    const base = /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default" ? name : "imported";
    const taken = new Set([...this.#names.values()].flatMap((names) => [...names.values()]));
    let candidate = base;
    for (let number = 2; taken.has(candidate); number += 1) candidate = `${base}${number}`;
    return candidate;
  }

  /** The import statements: packages before files, each in the order of their names. */
  toString(): string {
    return [...this.#names]
      .toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
      .map(([module, names]) => `import { ${this.#specifiers(names)} } from ${stringLiteral(module)};\n`)
      .join("");
  }

  #specifiers(names: ReadonlyMap<string, string>): string {
    return [...names]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, local]) => (name === local ? name : `${name} as ${local}`))
      .join(", ");
  }
}

/** What modules are sorted by: packages come before files of the project. */
function rank(module: string): string {
  return `${module.startsWith(".") ? 1 : 0}${module}`;
}
