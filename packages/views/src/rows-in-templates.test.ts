// Models in templates: a loop over rows asks the database once for each relation, not once for each row.

import { connections, createConnection } from "@tsgo/orm/db";
import * as models from "@tsgo/orm/models";
import { modelRegistry } from "@tsgo/orm/registry";
import { schemaEditor } from "@tsgo/orm/schema";
import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { Engine } from "@tsgo/template";
import { afterAll, beforeAll, expect, test } from "vitest";

class Author extends models.Model<Author>()({ name: models.CharField({ maxLength: 20 }) }) {}

class Book extends models.Model<Book>()({
  title: models.CharField({ maxLength: 20 }),
  author: models.ForeignKey<Author>("Author", { onDelete: models.CASCADE }),
}) {}

const statements: string[] = [];

beforeAll(async () => {
  if (!isConfigured()) configureSettings({});
  const connection = createConnection("default", { ENGINE: "sqlite", NAME: ":memory:" });
  connections.set("default", connection);
  for (const model of [Author, Book])
    (model as unknown as Record<symbol, (app: { label: string }) => void>)[Symbol.for("tsgo.model.register")]?.({
      label: "shelf",
    });
  await schemaEditor(connection, async (editor) => {
    for (const label of ["shelf.Author", "shelf.Book"]) await editor.createModel(modelRegistry.getModel(label));
  });
  for (const id of [1, 2, 3]) {
    await Author.objects.create({ id, name: `author ${id}` });
    await Book.objects.create({ title: `book ${id}`, authorId: id });
  }
  connection.onQuery(({ sql }) => statements.push(sql));
});

afterAll(() => connections.closeAll());

const page = "{% for book in books %}{{ book.title }} by {{ book.author.name }}\n{% endfor %}";
const text = "book 1 by author 1\nbook 2 by author 2\nbook 3 by author 3\n";

test("a template over rows costs two statements in place of one for each row", async () => {
  statements.length = 0;
  expect(await new Engine().fromString(page).render({ books: Book.objects.orderBy("id") })).toBe(text);
  expect(statements).toHaveLength(2);
});

test("deferred fields are one statement more", async () => {
  statements.length = 0;
  const books = Book.objects.selectRelated("author").defer("title").orderBy("id");
  expect(await new Engine().fromString(page).render({ books })).toBe(text);
  expect(statements).toHaveLength(2);
});

test("the mode `one` asks for each row", async () => {
  statements.length = 0;
  expect(await new Engine().fromString(page).render({ books: Book.objects.fetchMode("one").orderBy("id") })).toBe(text);
  expect(statements).toHaveLength(4);
});
