import { describe, expect, test, vi } from "vitest";

import { EmptyPage, PageNotAnInteger, type PageableQuery, Paginator } from "./index.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe("Paginator", () => {
  test("divides objects into pages", async () => {
    const paginator = new Paginator(numbers(23), 10);
    expect([await paginator.count, await paginator.numPages, await paginator.pageRange]).toEqual([23, 3, [1, 2, 3]]);
    const page = await paginator.page("3");
    expect([...page]).toEqual([21, 22, 23]);
    expect([page.startIndex(), page.endIndex(), page.hasNext(), page.previousPageNumber()]).toEqual([21, 23, false, 2]);
    expect(() => page.nextPageNumber()).toThrow(EmptyPage);
    expect(String(page)).toBe("<Page 3 of 3>");
  });

  test("puts orphans on the page before", async () => {
    const paginator = new Paginator(numbers(22), 10, { orphans: 2 });
    expect(await paginator.numPages).toBe(2);
    expect(await paginator.page(2)).toHaveLength(12);
  });

  test.each(["x", "1.5", 1.5, null, undefined, {}])("%j is no page number", async (number) => {
    await expect(new Paginator(numbers(1), 1).page(number)).rejects.toBeInstanceOf(PageNotAnInteger);
  });

  test.each([0, -1, 4, "9".repeat(100)])("there is no page %s", async (number) => {
    await expect(new Paginator(numbers(3), 1).page(number)).rejects.toBeInstanceOf(EmptyPage);
  });

  test("finds a page for every number when asked to", async () => {
    const paginator = new Paginator(numbers(23), 10);
    const found = await Promise.all(["x", 0, 99, 2].map(async (number) => (await paginator.getPage(number)).number));
    expect(found).toEqual([1, 3, 3, 2]);
  });

  test("has a first page without objects, unless told otherwise", async () => {
    expect((await new Paginator([], 10).page(1)).startIndex()).toBe(0);
    await expect(new Paginator([], 10, { allowEmptyFirstPage: false }).page(1)).rejects.toBeInstanceOf(EmptyPage);
  });

  test("counts a query once, and fetches only its page", async () => {
    const count = vi.fn<() => Promise<number>>(async () => 1000);
    const slice = vi.fn<(start: number, end: number) => Promise<number[]>>(async (start, end) => [start, end]);
    const query: PageableQuery<number> = { count, slice, ordered: true };
    const paginator = new Paginator(query, 10);
    expect([...(await paginator.page(7))]).toEqual([60, 70]);
    await paginator.page(8);
    expect(count).toHaveBeenCalledTimes(1);
    expect(slice.mock.calls).toEqual([
      [60, 70],
      [70, 80],
    ]);
  });

  test("warns of a query without an order", () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const query: PageableQuery<number> = { count: async () => 0, slice: async () => [], ordered: false };
    expect(new Paginator(query, 10).perPage).toBe(10);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("unordered"), "UnorderedObjectListWarning");
    warn.mockRestore();
  });

  test("shortens the range of its pages", async () => {
    const paginator = new Paginator(numbers(50), 1);
    expect(await paginator.getElidedPageRange(10)).toEqual([1, 2, "…", 7, 8, 9, 10, 11, 12, 13, "…", 49, 50]);
    expect(await paginator.getElidedPageRange(2, { onEachSide: 1, onEnds: 1 })).toEqual([1, 2, 3, "…", 50]);
    expect(await new Paginator(numbers(3), 1).getElidedPageRange()).toEqual([1, 2, 3]);
  });
});
