import { parseInteger } from "@tsgo/utils/integers";

import { EmptyPage, InvalidPage, PageNotAnInteger } from "./errors.ts";
import { Page } from "./page.ts";

/** What can be divided into pages: an array, or a QuerySet that counts and slices in the database. */
export type Pageable<T> = readonly T[] | PageableQuery<T>;

/** The part of a QuerySet that a Paginator uses. */
export interface PageableQuery<T> {
  count(): Promise<number>;
  slice(start: number, end: number): PromiseLike<readonly T[]>;
  /** False where the rows come in no certain order. */
  readonly ordered?: boolean;
}

/** How objects are divided. */
export interface PaginatorOptions {
  /** So many objects or fewer on a last page are put on the page before. */
  readonly orphans?: number;
  /** Whether there is a first page even without objects; true unless given. */
  readonly allowEmptyFirstPage?: boolean;
}

/** How page numbers are shortened. */
export interface ElidedRangeOptions {
  /** Numbers on each side of the page: 3 unless given. */
  readonly onEachSide?: number;
  /** Numbers at each end: 2 unless given. */
  readonly onEnds?: number;
}

/**
 * Divides objects into pages. Django: `Paginator`, whose asynchronous form this is.
 *
 * @example
 * const page = await new Paginator(Question.objects.orderBy("pk"), 25).getPage(request.GET.get("page"));
 */
export class Paginator<T> {
  /** What stands for the numbers that `getElidedPageRange` leaves out. */
  static readonly ELLIPSIS = "…";

  readonly perPage: number;
  readonly #objects: Pageable<T>;
  readonly #orphans: number;
  readonly #allowEmptyFirstPage: boolean;
  #count: Promise<number> | undefined;

  constructor(objects: Pageable<T>, perPage: number, options: PaginatorOptions = {}) {
    const { orphans = 0, allowEmptyFirstPage = true } = options;
    this.#objects = objects;
    this.perPage = perPage;
    this.#orphans = orphans;
    this.#allowEmptyFirstPage = allowEmptyFirstPage;
    if (isQuery(objects) && objects.ordered === false) warnUnordered(objects);
  }

  /** How many objects there are in all; counted once. */
  get count(): Promise<number> {
    this.#count ??= isQuery(this.#objects) ? this.#objects.count() : Promise.resolve(this.#objects.length);
    return this.#count;
  }

  /** How many pages there are. */
  get numPages(): Promise<number> {
    return this.count.then((count) => {
      if (count === 0 && !this.#allowEmptyFirstPage) return 0;
      return Math.ceil(Math.max(1, count - this.#orphans) / this.perPage);
    });
  }

  /** The numbers of all pages. */
  get pageRange(): Promise<number[]> {
    return this.numPages.then((last) => range(1, last));
  }

  /**
   * The page of a number, which may be text out of a request.
   *
   * @throws PageNotAnInteger, EmptyPage
   */
  async page(number: unknown): Promise<Page<T>> {
    const valid = await this.validateNumber(number);
    const [count, numPages] = await Promise.all([this.count, this.numPages]);
    const start = (valid - 1) * this.perPage;
    const end = start + this.perPage + this.#orphans >= count ? count : start + this.perPage;
    const objects = await this.#objects.slice(start, end);
    return new Page(objects, valid, { count, numPages, perPage: this.perPage });
  }

  /** The page of a number; the first where it is no integer, the last where there is no such page. */
  async getPage(number: unknown): Promise<Page<T>> {
    try {
      return await this.page(number);
    } catch (error) {
      if (!(error instanceof InvalidPage)) throw error;
      return this.page(error instanceof PageNotAnInteger ? 1 : await this.numPages);
    }
  }

  /**
   * The number as an integer, if there is such a page.
   *
   * @throws PageNotAnInteger, EmptyPage
   */
  async validateNumber(number: unknown): Promise<number> {
    const integer = typeof number === "number" && !Number.isInteger(number) ? undefined : parseInteger(number);
    if (integer === undefined) throw new PageNotAnInteger("That page number is not an integer");
    if (integer < 1n) throw new EmptyPage("That page number is less than 1");
    if (integer > BigInt(await this.numPages)) throw new EmptyPage("That page contains no results");
    return Number(integer);
  }

  /** Page numbers around one of them and at both ends, with an ellipsis for those between. */
  async getElidedPageRange(number: unknown = 1, options: ElidedRangeOptions = {}): Promise<(number | string)[]> {
    const { onEachSide = 3, onEnds = 2 } = options;
    const current = await this.validateNumber(number);
    const last = await this.numPages;
    if (last <= (onEachSide + onEnds) * 2) return range(1, last);
    const isFarFromStart = current > onEachSide + onEnds + 2;
    const isFarFromEnd = current < last - onEachSide - onEnds - 1;
    return [
      ...(isFarFromStart
        ? [...range(1, onEnds), Paginator.ELLIPSIS, ...range(current - onEachSide, current)]
        : range(1, current)),
      ...(isFarFromEnd
        ? [...range(current + 1, current + onEachSide), Paginator.ELLIPSIS, ...range(last - onEnds + 1, last)]
        : range(current + 1, last)),
    ];
  }
}

function isQuery<T>(objects: Pageable<T>): objects is PageableQuery<T> {
  return !Array.isArray(objects);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function warnUnordered(objects: object): void {
  process.emitWarning(
    `Pagination may yield inconsistent results with an unordered ${objects.constructor.name}. Give it an order.`,
    "UnorderedObjectListWarning",
  );
}
