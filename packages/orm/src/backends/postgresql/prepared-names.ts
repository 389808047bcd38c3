// The names under which one connection keeps statements prepared.

/** How many a connection keeps: each takes memory of the server for as long as the connection lives. */
const MOST = 500;

export class PreparedNames {
  readonly #names = new Map<string, string>();
  #given = 0;

  /** The name of a statement. Undefined where there are enough: further ones are sent as they are. */
  nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= MOST) return known;
    this.#given += 1;
    const name = `tsgo_${this.#given}`;
    this.#names.set(sql, name);
    return name;
  }

  /** Gives new names from now on: what the old ones stand for is not to be used again. */
  forget(): void {
    this.#names.clear();
  }
}
