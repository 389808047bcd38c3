// Values that differ from one use of a query to the next, while its SQL stays the same.

/** Says that a value does not fit into a statement that was kept: the query is compiled again for it. */
export const UNFIT: unique symbol = Symbol("unfit");

/** The key of the slot that a lookup has its value from. */
export const SLOT: unique symbol = Symbol("slot");

/** Stands in a condition for a value that may be another one next time. */
export class Slot {
  /** The place among all slots of the query. */
  readonly index: number;
  readonly value: unknown;
  /** Prepares another value as this one was prepared. Unset where the SQL depends on the value itself. */
  prepare: ((value: unknown) => unknown) | undefined = undefined;

  constructor(index: number, value: unknown) {
    this.index = index;
    this.value = value;
  }
}

/** A parameter of a statement that comes from a slot. */
export class SlotParameter {
  readonly index: number;
  /** The parameter for the value that the query was compiled with. */
  readonly value: unknown;
  /** Makes the parameter of another value that was prepared for the slot, or UNFIT. */
  readonly bind: (prepared: unknown) => unknown;

  constructor(index: number, value: unknown, bind: (prepared: unknown) => unknown) {
    this.index = index;
    this.value = value;
    this.bind = bind;
  }
}

/** Puts a value into a query: as it is, or as a slot. */
export type Place = (value: unknown) => unknown;

/** The slots that one change of a query makes. */
export class Slots {
  readonly made: Slot[] = [];
  readonly #first: number;

  /** `first` is the index of the first one: those of earlier changes come before. */
  constructor(first: number) {
    this.#first = first;
  }

  readonly place: Place = (value) => {
    const slot = new Slot(this.#first + this.made.length, value);
    this.made.push(slot);
    return slot;
  };
}
