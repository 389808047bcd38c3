import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { overrideSettings } from "@tsgo/core/conf";
import { describe, expect, test } from "vitest";

import { FilteredRelation } from "../expressions/filtered-relation.ts";
import { useDatabase } from "../testdata/database.ts";
import * as models from "./index.ts";

class Author extends models.Model<Author>()({ name: models.CharField({ maxLength: 20 }) }) {
  declare bookSet: models.RelatedManager<Book>;
  declare profile: models.RelatedObject<Profile>;
}

class Profile extends models.Model<Profile>()({
  author: models.OneToOneField<Author>("Author", { onDelete: models.CASCADE, relatedName: "profile" }),
  bio: models.TextField({ default: "" }),
}) {}

class Book extends models.Model<Book>()({
  title: models.CharField({ maxLength: 20 }),
  author: models.ForeignKey<Author>("Author", { onDelete: models.CASCADE }),
  sequel: models.ForeignKey<Book>("self", { onDelete: models.CASCADE, null: true }),
  tags: models.ManyToManyField<Tag>("Tag"),
}) {}

class Tag extends models.Model<Tag>()({
  label: models.CharField({ maxLength: 20 }),
  owner: models.ForeignKey<Author>("Author", { onDelete: models.CASCADE, null: true }),
}) {}

const log = useDatabase("library", Author, Profile, Book, Tag);

/** How many statements something sends. */
async function statements(run: () => unknown): Promise<number> {
  log.length = 0;
  await run();
  return log.length;
}

async function rows(): Promise<void> {
  for (const id of [1, 2, 3]) {
    await Author.objects.create({ id, name: `author ${id}` });
    if (id < 3) await Profile.objects.create({ authorId: id });
    await Book.objects.create({ id, title: `book ${id}`, authorId: id, sequelId: id > 1 ? id - 1 : null });
    const tag = await Tag.objects.create({ id, label: `tag ${id}`, ownerId: id });
    await (await Book.objects.get({ pk: id })).tags.add(tag);
  }
  log.length = 0;
}

describe("peers, the fetch mode without another word", () => {
  test("fetches a foreign key for all rows of the result with one statement", async () => {
    await rows();
    const books = await Book.objects.orderBy("id");
    expect(log.length).toBe(1);
    const names: string[] = [];
    expect(
      await statements(async () => {
        for (const book of books) names.push((await book.author).name);
      }),
    ).toBe(1);
    expect(names).toEqual(["author 1", "author 2", "author 3"]);
  });

  test("is one statement, too, for who reads from all rows at once", async () => {
    await rows();
    const books = await Book.objects.orderBy("id");
    expect(await statements(() => Promise.all(books.map(async (book) => book.author)))).toBe(1);
    const bare = await Book.objects.defer("title");
    expect(await statements(() => Promise.all(bare.map(async (book) => book.title)))).toBe(1);
  });

  test("fetches deferred fields and both ends of a one-to-one relation alike", async () => {
    await rows();
    const books = await Book.objects.only("author").orderBy("id");
    const titles: string[] = [];
    expect(
      await statements(async () => {
        for (const book of books) titles.push(await Promise.resolve(book.title));
      }),
    ).toBe(1);
    expect(titles).toEqual(["book 1", "book 2", "book 3"]);
    const authors = await Author.objects.filter({ id__lt: 3 });
    expect(
      await statements(async () => {
        for (const author of authors) await author.profile;
      }),
    ).toBe(1);
    const profiles = await Profile.objects.all();
    expect(
      await statements(async () => {
        for (const profile of profiles) expect((await (await profile.author).profile).pk).toBe(profile.pk);
      }),
    ).toBe(1);
  });

  test("knows who has no row at the other end, without asking again", async () => {
    await rows();
    const authors = await Author.objects.orderBy("id");
    const third = authors[2];
    expect((await authors[0]?.profile)?.authorId).toBe(1);
    log.length = 0;
    await expect(third?.profile).rejects.toThrow("no profile");
    const books = await Book.objects.orderBy("id");
    expect(await statements(async () => [await books[0]?.sequel, (await books[1]?.sequel)?.title])).toBe(1);
  });

  test("goes on from row to row: what was fetched for peers is peers itself", async () => {
    await rows();
    const books = await Book.objects.orderBy("id");
    expect(
      await statements(async () => {
        for (const book of books) {
          const sequel = await book.sequel;
          if (sequel !== null) await sequel.author;
        }
      }),
    ).toBe(2);
  });

  test("holds for rows that came by selectRelated, prefetchRelated and related managers", async () => {
    await rows();
    const selected = await Book.objects.selectRelated("sequel").orderBy("id");
    expect(
      await statements(async () => {
        for (const { sequel } of selected) if (sequel !== null) await sequel.author;
      }),
    ).toBe(1);
    const authors = await Author.objects.prefetchRelated("bookSet");
    expect(
      await statements(async () => {
        for (const author of authors) for (const book of await author.bookSet.all()) await book.sequel;
      }),
    ).toBe(1);
    const named = await Book.objects
      .annotate({ before: new FilteredRelation("sequel") })
      .selectRelated("before" as never)
      .orderBy("id");
    const others = named.map((book) => (book as unknown as { before: Book | null }).before);
    expect(await statements(() => Promise.all(others.map(async (book) => book?.author)))).toBe(1);
  });

  test("fetches for the rows of one piece when they are streamed", async () => {
    await rows();
    log.length = 0;
    for await (const book of Book.objects.orderBy("id").iterator({ chunkSize: 2 })) await book.author;
    expect(log.length).toBe(3);
  });

  test("asks for a thousand rows at a time, however many there are", async () => {
    await Author.objects.bulkCreate(Array.from({ length: 2500 }, (_, id) => new Author({ id: id + 1, name: "a" })));
    await Book.objects.bulkCreate(
      Array.from({ length: 2500 }, (_, id) => new Book({ id: id + 1, title: "b", authorId: id + 1 })),
    );
    const books = await Book.objects.orderBy("id");
    expect(
      await statements(async () => {
        for (const book of books) expect((await book.author).pk).toBe(book.pk);
      }),
    ).toBe(3);
  });

  test("leaves a copy of a row's values plain", async () => {
    await rows();
    const [book] = await Book.objects.orderBy("id");
    expect(structuredClone(Object.assign({}, book))).toEqual({ id: 1, title: "book 1", authorId: 1, sequelId: null });
    expect(JSON.parse(JSON.stringify(book))).toEqual({ id: 1, title: "book 1", authorId: 1, sequelId: null });
  });
});

describe("one", () => {
  test("does not keep alive the rows that nobody else keeps", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    await rows();
    let [kept, ...others]: (Book | undefined)[] = await Book.objects.fetchMode("one").orderBy("id");
    const gone = others.map((book) => new WeakRef(book as Book));
    others = [];
    // What a WeakRef was asked for in a job lives until the end of that job.
    await new Promise((done) => setImmediate(done));
    collect();
    expect(gone.map((book) => book.deref())).toEqual([undefined, undefined]);
    expect(kept?.pk).toBe(1);
  });

  test("fetches for the row that is read alone", async () => {
    await rows();
    const books = await Book.objects.fetchMode("one").orderBy("id");
    expect(
      await statements(async () => {
        for (const book of books) await book.author;
      }),
    ).toBe(3);
    const bare = await Book.objects.fetchMode(models.FETCH_ONE).defer("title");
    expect(
      await statements(async () => {
        for (const book of bare) await Promise.resolve(book.title);
      }),
    ).toBe(3);
  });
});

describe("raise", () => {
  test("refuses whatever was not loaded, and asks nothing", async () => {
    await rows();
    const book = await Book.objects.fetchMode("raise").defer("title").orderBy("id").at(1);
    log.length = 0;
    await expect(async () => book.author).rejects.toThrow(models.FieldFetchBlocked);
    await expect(async () => book.title).rejects.toThrow("library.Book.title was not loaded");
    const author = await Author.objects.fetchMode(models.RAISE).get({ pk: 1 });
    log.length = 0;
    await expect(async () => author.profile).rejects.toThrow("profile");
    expect(log).toEqual([]);
  });

  test("goes over to the rows of selectRelated, prefetchRelated and related managers", async () => {
    await rows();
    const [book] = await Book.objects.fetchMode("raise").selectRelated("author").prefetchRelated("tags");
    expect(book?.author.name).toBe("author 1");
    await expect(async () => book?.author.profile).rejects.toThrow(models.FieldFetchBlocked);
    const [tag] = (await book?.tags.all()) ?? [];
    await expect(async () => tag?.owner).rejects.toThrow(models.FieldFetchBlocked);
    const [own] = (await book?.author.bookSet.all()) ?? [];
    expect(await own?.sequel).toBeNull();
    const second = await (await Author.objects.fetchMode("raise").get({ pk: 2 })).bookSet.get();
    await expect(async () => second.sequel).rejects.toThrow(models.FieldFetchBlocked);
    expect((await (await second.tags.fetchMode("one").get()).owner)?.name).toBe("author 2");
  });
});

test("the setting DEFAULT_FETCH_MODE says how it is where nothing was said", async () => {
  await rows();
  const restore = overrideSettings({ DEFAULT_FETCH_MODE: "one" });
  const books = await Book.objects.all();
  restore.disable();
  expect(
    await statements(async () => {
      for (const book of books) await book.author;
    }),
  ).toBe(3);
});

test("a mode that there is not is refused", () => {
  expect(() => Book.objects.fetchMode("all" as never)).toThrow('"one", "peers" or "raise"');
});
