/**
 * The variable `forloop`: where a loop is. Only made where something other than its parts is asked for; these are
 * worked out by the compiled code itself.
 */
export class ForLoop {
  /** How many items there are. */
  readonly length: number;
  /** The loop around this one; an empty object where there is none. */
  readonly parentloop: unknown;
  /** What tags inside the loop remember while it runs. */
  readonly state = new Map<unknown, unknown>();
  #index = 0;

  constructor(length: number, parentloop: unknown) {
    this.length = length;
    this.parentloop = parentloop ?? {};
  }

  /** Goes on to the item of an index. Gives itself back. */
  at(index: number): this {
    this.#index = index;
    return this;
  }

  get counter(): number {
    return this.#index + 1;
  }

  get counter0(): number {
    return this.#index;
  }

  get revcounter(): number {
    return this.length - this.#index;
  }

  get revcounter0(): number {
    return this.length - this.#index - 1;
  }

  get first(): boolean {
    return this.#index === 0;
  }

  get last(): boolean {
    return this.#index === this.length - 1;
  }

  toString(): string {
    const { counter, counter0, revcounter, revcounter0, first, last, length } = this;
    return JSON.stringify({ counter, counter0, revcounter, revcounter0, first, last, length });
  }
}
