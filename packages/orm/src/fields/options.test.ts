// Options whose effect is the database's, on every database.

import { ValidationError } from "@tsgo/core/exceptions";
import { expect, test } from "vitest";

import * as models from "../models/index.ts";
import { createTables, register } from "../testdata/database.ts";
import { describeDatabases } from "../testdata/databases.ts";

let counted = 0;

class Publisher extends models.Model<Publisher>()({
  name: models.CharField({ maxLength: 20, unique: true }),
}) {
  declare books: models.RelatedManager<Book>;
}

class Book extends models.Model<Book>()({
  title: models.CharField({ maxLength: 20, dbColumn: "book title", dbIndex: true, dbComment: "it's the title" }),
  serial: models.IntegerField({ default: () => (counted += 1) }),
  copies: models.IntegerField({ dbDefault: 3 }),
  lent: models.BooleanField({ dbDefault: false }),
  price: models.DecimalField({ maxDigits: 6, decimalPlaces: 2, dbDefault: "9.50" }),
  note: models.CharField({ maxLength: 20, dbDefault: "it's \\ new?" }),
  made: models.DateTimeField({ dbDefault: new models.Now() }),
  sum: models.IntegerField({ dbDefault: new models.Value(2).add(new models.Value(3)) }),
  worth: models.GeneratedField({
    expression: new models.F("copies").mul(new models.F("serial")),
    outputField: models.IntegerField(),
    dbPersist: true,
  }),
  printed: models.DateField({ null: true }),
  shelf: models.SlugField({ blank: true, default: "", uniqueForMonth: "printed" }),
  created: models.DateTimeField({ autoNowAdd: true }),
  changed: models.DateTimeField({ autoNow: true }),
  publisher: models.ForeignKey<Publisher>("Publisher", {
    onDelete: models.DB_CASCADE,
    relatedName: "books",
    null: true,
  }),
  printer: models.ForeignKey<Publisher>("Publisher", { onDelete: models.DB_SET_NULL, relatedName: "+", null: true }),
  owner: models.ForeignKey<Publisher>("Publisher", {
    onDelete: models.CASCADE,
    toField: "name",
    relatedName: "+",
    dbConstraint: false,
    null: true,
  }),
}) {}

class Circle extends models.Model<Circle>()({
  radius: models.IntegerField(),
  diameter: models.GeneratedField({
    expression: new models.F("radius").mul(2),
    outputField: models.IntegerField(),
    dbPersist: false,
  }),
}) {}
register("options", Circle);

describeDatabases("options", [Publisher, Book], (log, vendor) => {
  test("a default is a value, or made anew for each row", async () => {
    const [a, b] = [new Book({ title: "a" }), new Book({ title: "b" })];
    expect(b.serial).toBe(a.serial + 1);
  });

  test("what the database puts in stands on the row after it was inserted", async () => {
    const book = new Book({ title: "a", serial: 4 });
    expect(book.copies).toBe(models.DATABASE_DEFAULT);
    await book.save();
    const found = await Book.objects.get({ pk: book.pk });
    for (const row of [book, found]) {
      const { copies, lent, price, note, sum, worth } = row;
      expect([copies, lent, String(price), note, sum, worth]).toEqual([3, false, "9.5", "it's \\ new?", 5, 12]);
      expect(Math.abs(row.made.getTime() - Date.now())).toBeLessThan(60_000);
    }
    const given = await Book.objects.create({ title: "b", copies: 1, note: "x" });
    expect([given.copies, given.note]).toEqual([1, "x"]);
    await Book.objects.bulkCreate([new Book({ title: "c" }), new Book({ title: "d", copies: 8 })]);
    expect(await Book.objects.orderBy("title").valuesList("copies", { flat: true })).toEqual([3, 1, 3, 8]);
  });

  test("a generated column follows the columns that it is made of, and is never written", async () => {
    const book = await Book.objects.create({ title: "a", serial: 2, copies: 5 });
    book.copies = 6;
    await book.save();
    await book.refreshFromDb();
    expect(book.worth).toBe(12);
    await Book.objects.update({ serial: 10 });
    expect(await Book.objects.filter({ worth: 60 }).count()).toBe(1);
    await Book.objects.update({ worth: 1 });
    expect(await Book.objects.valuesList("worth", { flat: true })).toEqual([60]);
  });

  test("a column has the name that it was given", async () => {
    await Book.objects.create({ title: "a" });
    log.length = 0;
    expect(await Book.objects.filter({ title: "a" }).values("title")).toEqual([{ title: "a" }]);
    expect(log[0]?.sql).toContain(vendor === "mysql" ? "`book title`" : '"book title"');
  });

  test("autoNowAdd and autoNow take the clock, at the first and at every save", async () => {
    const book = await Book.objects.create({ title: "a" });
    const { created, changed } = book;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await book.save();
    const again = await Book.objects.get({ pk: book.pk });
    expect(again.created).toEqual(created);
    expect(again.changed.getTime()).toBeGreaterThan(changed.getTime());
  });

  test("the database itself deletes or empties what refers to a deleted row", async () => {
    const [maker, printer] = [
      await Publisher.objects.create({ name: "m" }),
      await Publisher.objects.create({ name: "p" }),
    ];
    await Book.objects.create({ title: "a", publisher: maker });
    const kept = await Book.objects.create({ title: "b", printer });
    log.length = 0;
    await maker.delete();
    await printer.delete();
    expect(log.filter(({ sql }) => sql.includes("options_book") && /^(?:DELETE|UPDATE)/.test(sql))).toEqual(
      log.filter(({ sql }) => /^(?:DELETE|UPDATE).*options_book/.test(sql) && sql.includes("owner_id")),
    );
    expect(await Book.objects.valuesList("title", { flat: true })).toEqual(["b"]);
    await kept.refreshFromDb();
    expect(kept.printerId).toBeNull();
  });

  test("a key may refer to another unique column, without a constraint", async () => {
    const owner = await Publisher.objects.create({ name: "o" });
    const book = await Book.objects.create({ title: "a", owner });
    expect(book.ownerId).toBe("o");
    expect((await Book.objects.selectRelated("owner").get()).owner?.pk).toBe(owner.pk);
    await Book.objects.create({ title: "b", ownerId: "nobody" as never });
    await owner.delete();
    expect(await Book.objects.valuesList("title", { flat: true })).toEqual(["b"]);
  });

  test("a value may be unique within a month", async () => {
    const { Temporal } = await import("../values/temporal.ts");
    const printed = Temporal.PlainDate.from("2026-05-01");
    await Book.objects.create({ title: "a", shelf: "x", printed });
    const codes = async (day: string): Promise<unknown> => {
      const book = new Book({ title: "b", shelf: "x", printed: Temporal.PlainDate.from(day) });
      const error = await book.validateUnique().catch((thrown: unknown) => thrown);
      return error instanceof ValidationError ? { ...error.messageDict } : error;
    };
    expect(await codes("2026-05-31")).toEqual({ shelf: ["Shelf must be unique for Printed month."] });
    expect(await codes("2026-06-01")).toBeUndefined();
  });

  test.skipIf(vendor === "postgresql")("a generated column may be computed when it is read", async () => {
    await createTables(Circle);
    const circle = await Circle.objects.create({ radius: 4 });
    expect([circle.diameter, await Circle.objects.filter({ diameter__gt: 7 }).count()]).toEqual([8, 1]);
  });

  test.runIf(vendor === "postgresql")("a generated column must be stored", async () => {
    await expect(createTables(Circle)).rejects.toThrow("set dbPersist to true");
  });
});
