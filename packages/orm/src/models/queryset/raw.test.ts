import { expect, test } from "vitest";

import { connections } from "../../db/connections.ts";
import { describeDatabases } from "../../testdata/databases.ts";
import * as models from "../index.ts";

class Shelf extends models.Model<Shelf>()({ label: models.CharField({ maxLength: 20 }) }) {
  declare bookSet: models.RelatedManager<Book>;
}

class Book extends models.Model<Book>()({
  bookTitle: models.CharField({ maxLength: 20 }),
  shelf: models.ForeignKey<Shelf>("Shelf", { onDelete: models.CASCADE }),
  soldOn: models.DateField({ null: true }),
  copies: models.BigIntegerField({ default: 0n }),
}) {}

const table = (): string => connections.get().quoteName("raws_book");

async function rows(): Promise<void> {
  for (const id of [1, 2]) await Shelf.objects.create({ id, label: `shelf ${id}` });
  for (const id of [1, 2, 3])
    await Book.objects.create({ id, bookTitle: `book ${id}?`, shelfId: (id % 2) + 1, copies: 2n ** 60n });
}

describeDatabases("raws", [Shelf, Book], (log, vendor) => {
  test("gives instances with the types of the model's fields", async () => {
    await rows();
    log.length = 0;
    const books = await Book.objects.raw(`SELECT * FROM ${table()} WHERE id > ? ORDER BY id`, [1]);
    expect(books.map((book) => [book instanceof Book, book.id, book.bookTitle, book.copies, book.soldOn])).toEqual([
      [true, 2, "book 2?", 2n ** 60n, null],
      [true, 3, "book 3?", 2n ** 60n, null],
    ]);
    expect(log).toHaveLength(1);
    const [first] = books;
    if (first !== undefined) first.bookTitle = "changed";
    await first?.save();
    expect(await Book.objects.filter({ bookTitle: "changed" }).count()).toBe(1);
  });

  test("is lazy, sent once, looped over and asked for single rows", async () => {
    await rows();
    log.length = 0;
    const books = Book.objects.raw(`SELECT * FROM ${table()} ORDER BY id`);
    expect(log).toEqual([]);
    const ids: number[] = [];
    for await (const book of books) ids.push(book.id);
    expect([ids, (await books.at(1)).id, (await books).length]).toEqual([[1, 2, 3], 2, 3]);
    await expect(books.at(3)).rejects.toThrow(RangeError);
    await expect(books.at(-1)).rejects.toThrow(RangeError);
    expect(log).toHaveLength(1);
    expect(books.toString()).toContain("SELECT");
  });

  test("takes values by name, and leaves strings, comments and casts alone", async () => {
    await rows();
    const cast = vendor === "postgresql" ? "'a'::text" : "'a'";
    const sql = `SELECT b.*, ${cast} AS mark, ':low ?' AS words /* :low ? */ FROM ${table()} b WHERE id >= :low AND id <= :high AND id <> :low`;
    const [book, ...others] = await Book.objects.raw<{ mark: string; words: string }>(sql, { low: 1, high: 2 });
    expect([book?.id, book?.mark, book?.words, others]).toEqual([2, "a", ":low ?", []]);
    await expect(async () => Book.objects.raw(`SELECT * FROM ${table()} WHERE id = :lo`, { low: 1 })).rejects.toThrow(
      "names :lo",
    );
    await expect(async () => Book.objects.raw(`SELECT * FROM ${table()} WHERE id = ?`, [])).rejects.toThrow(
      "1 placeholders for 0",
    );
  });

  test("never reads a value as SQL", async () => {
    await rows();
    for (const hostile of ["' OR 1=1 --", "?", ":id", "\\' OR 1=1 -- ", '" OR 1=1 --'])
      expect(await Book.objects.raw(`SELECT * FROM ${table()} WHERE book_title = ?`, [hostile])).toEqual([]);
    expect(await Book.objects.raw(`SELECT * FROM ${table()} WHERE book_title = :id`, { id: "' OR 1=1 --" })).toEqual(
      [],
    );
  });

  test("loads what was not selected when it is read, and needs the key for that", async () => {
    await rows();
    const books = await Book.objects.raw(`SELECT id, shelf_id FROM ${table()} ORDER BY id`);
    expect([...(books[0]?.getDeferredFields() ?? [])].sort()).toEqual(["bookTitle", "copies", "soldOn"]);
    log.length = 0;
    expect(await Promise.all(books.map(async (book) => book.bookTitle))).toEqual(["book 1?", "book 2?", "book 3?"]);
    expect(log).toHaveLength(1);
    await expect(async () => Book.objects.raw(`SELECT book_title FROM ${table()}`)).rejects.toThrow(
      "primary key: id is missing",
    );
  });

  test("translates the names of columns, and adds those that are no fields", async () => {
    await rows();
    const [book] = await Book.objects.raw<{ twice: number }>(
      `SELECT id AS nr, book_title AS name, id + id AS twice FROM ${table()} ORDER BY id`,
      [],
      { translations: { nr: "id", name: "bookTitle" } },
    );
    expect([book?.id, book?.bookTitle, book?.twice]).toEqual([1, "book 1?", 2]);
    await expect(async () =>
      Book.objects.raw(`SELECT id AS nr FROM ${table()}`, [], { translations: { nr: "idd" as never } }),
    ).rejects.toThrow("Did you mean 'id'");
    await expect(async () => Book.objects.raw(`SELECT id, 1 AS save FROM ${table()}`)).rejects.toThrow("would hide");
  });

  test("prefetches, and belongs to related managers and to a database", async () => {
    await rows();
    const shelves = Shelf.objects.raw(`SELECT * FROM ${connections.get().quoteName("raws_shelf")} ORDER BY id`);
    log.length = 0;
    const counts: number[] = [];
    for (const shelf of await shelves.prefetchRelated("bookSet")) counts.push((await shelf.bookSet.all()).length);
    expect([counts, log.length]).toEqual([[1, 2], 2]);
    expect(shelves.db).toBe("default");
    await expect(async () => shelves.using("other")).rejects.toThrow("other");
  });
});
