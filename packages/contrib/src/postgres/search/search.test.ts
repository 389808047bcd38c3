import { models } from "tsgo/db";
import {
  CITextField,
  Lexeme,
  SearchHeadline,
  SearchQuery,
  SearchRank,
  SearchVector,
  SearchVectorField,
  TrigramSimilarity,
  TrigramStrictWordSimilarity,
  TrigramWordDistance,
  TrigramWordSimilarity,
} from "tsgo/contrib/postgres";
import { describe, expect, test } from "vitest";

import { hasPostgresql, useTables } from "../testdata/database.ts";

class Article extends models.Model<Article>()({
  title: models.CharField({ maxLength: 100 }),
  body: models.TextField({ default: "" }),
  words: SearchVectorField({ null: true }),
  slug: CITextField({ default: "" }),
}) {}

useTables("search", Article);
const titles = async (queryset: PromiseLike<readonly { readonly title: string }[]>): Promise<string[]> =>
  (await queryset).map(({ title }) => title).toSorted();

async function fill(): Promise<void> {
  await Article.objects.bulkCreate([
    new Article({ title: "Cheese on toast", body: "Melted cheddar on bread", slug: "Cheese" }),
    new Article({ title: "Blue cheese", body: "It smells", slug: "blue" }),
    new Article({ title: "Café crème", body: "Coffee with cream and no cheese", slug: "cafe" }),
  ]);
}

describe.skipIf(!hasPostgresql)("full text search", () => {
  test("finds the forms of words in one text or several", async () => {
    await fill();
    expect(await titles(Article.objects.filter({ title__search: "cheeses" }))).toEqual([
      "Blue cheese",
      "Cheese on toast",
    ]);
    const search = new SearchVector(["title", "body"], { config: "english" });
    expect(
      await titles(
        Article.objects.annotate({ search }).filter({ search: new SearchQuery("smell", { config: "english" }) }),
      ),
    ).toEqual(["Blue cheese"]);
    const within = (query: SearchQuery | ReturnType<SearchQuery["both"]>) =>
      titles(Article.objects.annotate({ search }).filter({ search__search: query }));
    expect(await within(new SearchQuery("smelling"))).toEqual(["Blue cheese"]);
    const cheese = new SearchQuery("cheese");
    expect(await within(cheese.both(new SearchQuery("toast")))).toEqual(["Cheese on toast"]);
    expect(await within(new SearchQuery("toast").either(new SearchQuery("cream")))).toEqual([
      "Café crème",
      "Cheese on toast",
    ]);
    expect(await within(cheese.both(new SearchQuery("coffee").not()))).toEqual(["Blue cheese", "Cheese on toast"]);
    expect(await within(new SearchQuery("cheese on toast", { searchType: "phrase" }))).toEqual(["Cheese on toast"]);
    expect(await within(new SearchQuery("cheese -coffee", { searchType: "websearch" }))).toEqual([
      "Blue cheese",
      "Cheese on toast",
    ]);
    expect(await within(new SearchQuery(new Lexeme("chedd", { prefix: true }).either(new Lexeme("smell"))))).toEqual([
      "Blue cheese",
      "Cheese on toast",
    ]);
  });

  test("ranks by weight, and keeps its words in a column", async () => {
    await fill();
    const vector = new SearchVector("title", { weight: "A" }).add(new SearchVector("body", { weight: "D" }));
    const ranked = await Article.objects
      .annotate({ rank: new SearchRank(vector, "cheese", { weights: [0.1, 0.2, 0.4, 1], normalization: 2 }) })
      .orderBy("-rank", "title");
    expect(ranked.map(({ title }) => title)).toEqual(["Blue cheese", "Cheese on toast", "Café crème"]);
    await Article.objects.update({ words: vector });
    expect(await titles(Article.objects.filter({ words__search: "bread" }))).toEqual(["Cheese on toast"]);
    const [{ headline } = { headline: "" }] = await Article.objects.filter({ pk: 1 }).annotate({
      headline: new SearchHeadline("body", new SearchQuery("bread"), { startSel: "<b>", stopSel: "</b>" }),
    });
    expect(headline).toBe("Melted cheddar on <b>bread</b>");
  });

  test.each(["' & !", "a:*", "\\", "'); DROP TABLE extras_article; --", "(", "a & | b"])(
    "%j is a word like any other, not a piece of the search's language or of SQL",
    async (word) => {
      await Article.objects.create({ title: `x ${word} y` });
      await titles(Article.objects.filter({ title__search: word }));
      await titles(Article.objects.filter({ title__search: new SearchQuery(new Lexeme(word)) }));
      await titles(Article.objects.filter({ title__search: new SearchQuery(word, { config: "english" }) }));
      expect(await Article.objects.count()).toBe(1);
    },
  );

  test("options that PostgreSQL does not have are refused", () => {
    expect(() => new SearchQuery("a", { searchType: "x; --" as never })).toThrow(
      "one of plain, phrase, raw, websearch",
    );
    expect(() => new SearchVector("title", { weight: "E'" as never })).toThrow("A, B, C or D");
    const hostile: object = { "startSel=x, a": "b" };
    expect(() => new SearchHeadline("body", "a", hostile)).toThrow("no option");
    expect(() => new SearchRank("title", "a", { weights: [1, 2] as never })).toThrow("four numbers");
    expect(() => new Lexeme("")).toThrow("not empty");
  });
});

describe.skipIf(!hasPostgresql)("texts that are alike", () => {
  test("are found by their trigrams, without accents, and without regard to case", async () => {
    await fill();
    expect(await titles(Article.objects.filter({ title__trigram_similar: "Blu chese" }))).toEqual(["Blue cheese"]);
    expect(await titles(Article.objects.filter({ title__trigram_word_similar: "tost" }))).toEqual([]);
    expect(await titles(Article.objects.filter({ title__trigram_word_similar: "toasts" }))).toEqual([
      "Cheese on toast",
    ]);
    expect(await titles(Article.objects.filter({ title__unaccent: "Cafe creme" }))).toEqual(["Café crème"]);
    expect(await titles(Article.objects.filter({ title__unaccent__icontains: "CAFE" }))).toEqual(["Café crème"]);
    expect(await titles(Article.objects.filter({ slug: "CHEESE" }))).toEqual(["Cheese on toast"]);
    const [best] = await Article.objects
      .annotate({
        alike: new TrigramSimilarity("title", "blue"),
        word: new TrigramWordSimilarity("blue", "title"),
        strict: new TrigramStrictWordSimilarity("blue", "title"),
        far: new TrigramWordDistance("blue", "title"),
      })
      .orderBy("-alike");
    expect([best?.title, best?.word, best?.strict, best?.far]).toEqual(["Blue cheese", 1, 1, 0]);
  });
});
