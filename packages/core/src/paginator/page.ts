import { EmptyPage } from "./errors.ts";

/** What a page needs to know of all of them. */
export interface PageFacts {
  /** How many objects there are in all. */
  readonly count: number;
  readonly numPages: number;
  readonly perPage: number;
}

/** One page of objects. Everything on it is there, so that a template can show it without waiting. Django: `Page`. */
export class Page<T> implements Iterable<T> {
  readonly objectList: readonly T[];
  /** The number of the page, from 1. */
  readonly number: number;
  readonly #facts: PageFacts;

  constructor(objectList: readonly T[], number: number, facts: PageFacts) {
    this.objectList = objectList;
    this.number = number;
    this.#facts = facts;
  }

  /** How many objects are on this page. */
  get length(): number {
    return this.objectList.length;
  }

  /** What is known of all pages: how many there are, and of how many objects. */
  get paginator(): PageFacts & { readonly pageRange: readonly number[] } {
    return { ...this.#facts, pageRange: Array.from({ length: this.#facts.numPages }, (_, index) => index + 1) };
  }

  hasNext(): boolean {
    return this.number < this.#facts.numPages;
  }

  hasPrevious(): boolean {
    return this.number > 1;
  }

  hasOtherPages(): boolean {
    return this.hasPrevious() || this.hasNext();
  }

  /** @throws EmptyPage on the last page. */
  nextPageNumber(): number {
    if (!this.hasNext()) throw new EmptyPage("That page contains no results");
    return this.number + 1;
  }

  /** @throws EmptyPage on the first page. */
  previousPageNumber(): number {
    if (!this.hasPrevious()) throw new EmptyPage("That page number is less than 1");
    return this.number - 1;
  }

  /** The place of the first object of this page among all, from 1; 0 where there are none. */
  startIndex(): number {
    return this.#facts.count === 0 ? 0 : this.#facts.perPage * (this.number - 1) + 1;
  }

  /** The place of the last object of this page among all, from 1. */
  endIndex(): number {
    return this.number === this.#facts.numPages ? this.#facts.count : this.number * this.#facts.perPage;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.objectList[Symbol.iterator]();
  }

  toString(): string {
    return `<Page ${this.number} of ${this.#facts.numPages}>`;
  }
}
