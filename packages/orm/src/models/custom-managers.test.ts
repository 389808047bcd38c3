import { expect, test } from "vitest";

import { useDatabase } from "../testdata/database.ts";
import * as models from "./index.ts";

class BookQuerySet extends models.QuerySet<Book> {
  published(): this {
    return this.filter({ status: "p" });
  }

  longerThan(pages: number): this {
    return this.filter({ pages__gt: pages });
  }
}

class BookManager extends models.Manager.fromQuerySet(BookQuerySet) {
  async longestTitle(): Promise<string | undefined> {
    return (await this.published().orderBy("-pages").first())?.title;
  }
}

class DraftManager extends models.Manager<Book> {
  override getQueryset(): models.QuerySet<Book> {
    return super.getQueryset().filter({ status: "d" });
  }
}

class Book extends models.Model<Book, BookQuerySet>()({
  title: models.CharField({ maxLength: 20 }),
  pages: models.IntegerField({ default: 1 }),
  status: models.CharField({ maxLength: 1, default: "d" }),
}) {
  static override readonly objects = new BookManager();
  static readonly drafts = new DraftManager();
  static readonly plain = BookQuerySet.asManager();
}

useDatabase("shop", Book);

async function fill(): Promise<void> {
  await Book.objects.create({ title: "short", pages: 3, status: "p" });
  await Book.objects.create({ title: "long", pages: 30, status: "p" });
  await Book.objects.create({ title: "draft", pages: 300 });
}

test("methods of a queryset stand on its manager and stay through chaining", async () => {
  await fill();
  const rows = await Book.objects.published().exclude({ title: "x" }).longerThan(5).orderBy("title");
  expect(rows.map(({ title }) => title)).toEqual(["long"]);
  expect((await Book.plain.longerThan(5).published()).map(({ title }) => title)).toEqual(["long"]);
});

test("a manager has methods of its own, and may leave rows out", async () => {
  await fill();
  expect(await Book.objects.longestTitle()).toBe("long");
  expect((await Book.drafts.all()).map(({ title }) => title)).toEqual(["draft"]);
  expect(await Book.drafts.filter({ pages__lt: 5 }).count()).toBe(0);
});

test("the compiler refuses what the queryset does not have", () => {
  // @ts-expect-error no such method
  expect(() => Book.objects.unpublished()).toThrow(TypeError);
  // @ts-expect-error a manager without the methods of the queryset
  expect(() => Book.drafts.published()).toThrow(TypeError);
});
