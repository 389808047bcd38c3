// What the compiler must know of models, and what it must refuse.

import type { File } from "@tsgo/storage";
import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";

import { Count, Max, Min, Sum } from "../expressions/aggregate.ts";
import { Window } from "../expressions/window.ts";
import { Upper } from "../functions/text.ts";
import { Rank } from "../functions/window.ts";
import { Exists, Subquery } from "../expressions/subquery.ts";
import { F, OuterRef } from "../expressions/references.ts";
import * as models from "../fields/factories.ts";
import { CASCADE, SET_NULL } from "../models/on-delete.ts";
import { Prefetch } from "../models/prefetch.ts";
import type { ManyRelatedManager, RelatedManager } from "./managers.ts";
import type { Meta, ModelFactory } from "./models.ts";
import type { QuerySet } from "./querysets.ts";

declare const Model: ModelFactory;

class Question extends Model<Question>()({
  questionText: models.CharField({ maxLength: 200 }),
  pubDate: models.DateTimeField({ verboseName: "date published" }),
  status: models.CharField({
    maxLength: 1,
    choices: [
      ["d", "Draft"],
      ["p", "Published"],
    ],
    default: "d",
  }),
  price: models.DecimalField({ maxDigits: 5, decimalPlaces: 2, null: true }),
  data: models.JSONField<{ tags: string[] }>({ default: () => ({ tags: [] }) }),
}) {
  static meta = { ordering: ["-pubDate"] } satisfies Meta<Question>;
  declare choices: RelatedManager<Choice>;
  declare tagSet: ManyRelatedManager<Tag>;

  wasPublishedRecently(): boolean {
    return this.pubDate > new Date();
  }
}

class Choice extends Model<Choice>()({
  question: models.ForeignKey<Question>("polls.Question", { onDelete: CASCADE, relatedName: "choices" }),
  parent: models.ForeignKey<Choice>("self", { onDelete: SET_NULL, null: true }),
  choiceText: models.CharField({ maxLength: 200 }),
  votes: models.IntegerField({ default: 0 }),
}) {}

class Tag extends Model<Tag>()({
  slug: models.SlugField({ primaryKey: true }),
  questions: models.ManyToManyField<Question>("polls.Question"),
}) {}

class Place extends Model<Place>()({ name: models.CharField({ maxLength: 50 }) }) {
  label(): string {
    return this.name.toUpperCase();
  }
}

class Restaurant extends Place.extend<Restaurant>()({
  stars: models.IntegerField(),
  owner: models.ForeignKey<Restaurant>("self", { onDelete: CASCADE }),
}) {
  best(): string {
    return this.label() + this.stars.toFixed();
  }
}

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<T extends true>(_proof?: T): void {}

export async function attributes(question: Question, choice: Choice, tag: Tag): Promise<void> {
  same<Equal<typeof question.questionText, string>>();
  same<Equal<typeof question.pubDate, Date>>();
  same<Equal<typeof question.price, Decimal | null>>();
  same<Equal<typeof question.status, "d" | "p">>();
  same<Equal<typeof question.data, { tags: string[] }>>();
  same<Equal<typeof question.id, number>>();
  same<Equal<typeof tag.pk, string>>();
  same<Equal<typeof choice.questionId, number>>();
  same<Equal<typeof choice.parentId, number | null>>();
  question.getStatusDisplay().length.toFixed();
  (await question.getNextByPubDate()).wasPublishedRecently();
  (await choice.question).wasPublishedRecently();
  for await (const each of tag.questions.filter({ status: "p" })) each.pubDate.getTime();
  // @ts-expect-error a relation is read with await
  choice.question.pubDate;
  // @ts-expect-error the parent may be missing
  (await choice.parent).votes;
  // @ts-expect-error price has no choices
  question.getPriceDisplay();
  // @ts-expect-error no such choice
  question.status = "x";
  // @ts-expect-error a model with a key of its own has no id
  tag.id;
}

export function fields(): void {
  // @ts-expect-error a misspelt option
  models.CharField({ maxLenght: 3, null: true });
  // @ts-expect-error a wrong value of an option
  models.CharField({ maxLength: "3" });
  // @ts-expect-error onDelete is missing
  models.ForeignKey<Question>("polls.Question", {});
}

export async function lookups(): Promise<void> {
  Question.objects.filter({ pk: 1, id: 2, questionText__startswith: "a", pubDate__year__gte: 2024, price__lt: "1.5" });
  Question.objects.filter({ choices__votes__gt: 3, choices__parent__question__status: "d", tag__slug__in: ["a"] });
  Question.objects.filter({ data__tags__0: "x", data__has_key: "tags", choices__isnull: true });
  Choice.objects.filter({
    question: 1,
    question__pk__in: [1, 2],
    questionId: 3,
    questionId__gt: 3,
    parent__isnull: true,
  });
  Choice.objects.filter({ question: await Question.objects.get({ pk: 1 }), parent: null });
  // @ts-expect-error votes are numbers
  Question.objects.filter({ choices__votes__gt: "3" });
  // @ts-expect-error a misspelt relation
  Question.objects.filter({ chooices__votes__gt: 3 });
  // @ts-expect-error a misspelt field behind a relation
  Question.objects.filter({ choices__vote: 3 });
  // @ts-expect-error a lookup that numbers do not have
  Choice.objects.filter({ votes__istartswith: "3" });
  // @ts-expect-error a lookup behind a lookup
  Choice.objects.filter({ votes__gt__lt: 3 });
  // @ts-expect-error one of two keys is wrong
  Question.objects.filter({ questionText: "a", nope: 1 });
  // @ts-expect-error null is no text
  Question.objects.exclude({ questionText__startswith: null });
}

export async function rows(): Promise<void> {
  const choice = await Choice.objects.selectRelated("question").get({ question__questionText__startswith: "a" });
  choice.question.wasPublishedRecently();
  const nested = await Choice.objects.selectRelated("parent__question").get({ votes: 1 });
  nested.parent?.question.questionText.charAt(0);
  // @ts-expect-error the parent may be missing
  nested.parent.question;
  // @ts-expect-error no such relation
  Choice.objects.selectRelated("nope");
  // @ts-expect-error the second step is wrong
  Choice.objects.selectRelated("parent__nope");
  // @ts-expect-error a relation to many rows cannot be joined
  Question.objects.selectRelated("choices");

  const values = await Choice.objects.values("votes", "question__questionText", "question", "parent__votes");
  same<
    Equal<
      (typeof values)[number],
      { votes: number; question__questionText: string; question: number; parent__votes: number | null }
    >
  >();
  const tuples = await Choice.objects.valuesList("votes", "choiceText");
  same<Equal<(typeof tuples)[number], [number, string]>>();
  const flat = await Choice.objects.valuesList("question__pubDate__year", { flat: true });
  same<Equal<(typeof flat)[number], number>>();
  // @ts-expect-error no such field
  Choice.objects.values("votes", "nope");
  // @ts-expect-error no such field behind the relation
  Choice.objects.valuesList("question__nope", { flat: true });

  const annotated = await Question.objects
    .annotate({ n: new Count("choices") })
    .filter({ n__gt: 1 })
    .orderBy("-n", "pubDate");
  annotated[0]?.n.toFixed();
  annotated[0]?.wasPublishedRecently();
  // @ts-expect-error the annotation is a number
  Question.objects.annotate({ n: new Count("choices") }).filter({ n__gt: "1" });
  const { total } = await Question.objects.aggregate({ total: new Count("choices") });
  total.toFixed();

  Choice.objects.orderBy("-question__pubDate", "?", "pk");
  // @ts-expect-error no such field to sort by
  Choice.objects.orderBy("-question__nope");
  // @ts-expect-error no such field to leave out
  Choice.objects.defer("nope");
}

export async function writing(question: Question): Promise<void> {
  await Choice.objects.create({ question, choiceText: "x" });
  await Choice.objects.create({ questionId: 3, choiceText: "x", parentId: null });
  await question.choices.create({ choiceText: "x" });
  await question.choices.add(1, await Choice.objects.get({ pk: 2 }));
  await Question.objects.filter({ pk: 1 }).update({ price: "1.50" });
  // @ts-expect-error neither question nor questionId
  await Choice.objects.create({ choiceText: "x" });
  // @ts-expect-error no choiceText
  await Choice.objects.create({ question });
  // @ts-expect-error votes are numbers
  await Choice.objects.create({ question, choiceText: "x", votes: "3" });
  // @ts-expect-error no such field
  await Choice.objects.create({ question, choiceText: "x", nope: 3 });
  // @ts-expect-error no such field
  await Question.objects.update({ nope: 1 });
  // @ts-expect-error a manager is not awaited by itself, so it deletes nothing by itself
  await Question.objects.delete();
}

export async function queriesInQueries(): Promise<void> {
  const popular = Choice.objects.filter({ question: new OuterRef("pk") }).orderBy("-votes");
  const rows = await Question.objects
    .annotate({ favourite: new Subquery(popular.values("choiceText").slice(0, 1)), any: new Exists(popular) })
    .filter(new Exists(popular), { favourite__startswith: "a" } as never);
  same<Equal<(typeof rows)[number]["favourite"], string | null>>();
  same<Equal<(typeof rows)[number]["any"], boolean>>();
  Choice.objects.filter({ question__in: Question.objects.filter({ status: "p" }), votes__in: popular.values("votes") });
  Question.objects.prefetchRelated("tagSet", new Prefetch("choices", { queryset: popular, toAttr: "best" }));
  Choice.objects.filter({ votes: 1 }).or(Choice.objects.annotate({ n: new F("votes") }).filter({ votes: 2 }));
  await Choice.objects.all().union(Choice.objects.all(), { all: true }).intersection(Choice.objects.all());
  // @ts-expect-error rows of another model
  Choice.objects.all().or(Question.objects.all());
  // @ts-expect-error a field that does not exist
  Choice.objects.filter({ vote__in: popular });
}

export async function shapes(): Promise<void> {
  const mixed = await Choice.objects.values("votes", { loud: new Upper("choiceText") });
  same<Equal<(typeof mixed)[number]["votes"], number>>();
  mixed[0]?.loud.charAt(0);
  const [named] = await Choice.objects.valuesList("votes", "choiceText", { named: true });
  named?.votes.toFixed();
  named?.[1].charAt(0);
  // @ts-expect-error no such field
  Choice.objects.valuesList("votes", "nope", { named: true });
  (await Choice.objects.orderBy("votes").at(0)).votes.toFixed();
  (await Choice.objects.all().slice(0, 10, 2)).map(({ votes }) => votes);
  Choice.objects.fetchMode("one").filter({ votes: 1 });
}

export async function inheritance(): Promise<void> {
  const [first] = await Restaurant.objects
    .filter({ name__startswith: "a", stars__gt: 3, owner__name: "b" })
    .orderBy("-name");
  first?.label();
  first?.best();
  first?.name.charAt(0);
  // @ts-expect-error stars belong to the child
  Place.objects.filter({ stars: 3 });
}

export async function fieldNames(choice: Choice): Promise<void> {
  await Choice.objects.bulkUpdate([choice], ["votes", "question", "parentId"]);
  await Choice.objects.bulkCreate([choice], { updateConflicts: true, updateFields: ["votes"], uniqueFields: ["pk"] });
  await choice.save({ updateFields: ["votes", "questionId"] });
  await choice.refreshFromDb({ fields: ["votes"] });
  Choice.objects.selectRelated("question").selectForUpdate({ of: ["self", "question"], noKey: true });
  const days = await Question.objects.dates("pubDate", "month", { order: "DESC" });
  same<Equal<(typeof days)[number], Temporal.PlainDate>>();
  Choice.objects.datetimes("question__pubDate", "hour");
  const raw = await Choice.objects.raw<{ twice: number }>(
    "SELECT *, votes * 2 AS twice FROM polls_choice WHERE id > :id",
    {
      id: 3,
    },
  );
  raw[0]?.twice.toFixed();
  raw[0]?.choiceText.charAt(0);
  (await Choice.objects.inBulk(["a"], { fieldName: "choiceText" })).get("a")?.votes.toFixed();
  // @ts-expect-error no such field to write
  await Choice.objects.bulkUpdate([choice], ["vote"]);
  // @ts-expect-error no such field to change
  await Choice.objects.bulkCreate([choice], { updateConflicts: true, updateFields: ["vote"] });
  // @ts-expect-error no such field to save
  await choice.save({ updateFields: ["vote"] });
  // @ts-expect-error no such field to read
  await choice.refreshFromDb({ fields: ["vote"] });
  // @ts-expect-error no such relation to lock
  Choice.objects.selectForUpdate({ of: ["quest"] });
  // @ts-expect-error votes are no dates
  Choice.objects.dates("votes", "year");
  // @ts-expect-error no such kind of date
  Question.objects.dates("pubDate", "hour");
  // @ts-expect-error no such field to translate to
  Choice.objects.raw("SELECT 1 AS a", [], { translations: { a: "vote" } });
  // @ts-expect-error texts are looked up by texts
  await Choice.objects.inBulk([1], { fieldName: "choiceText" });
  // @ts-expect-error no such field to look up by
  await Choice.objects.inBulk([1], { fieldName: "vote" });
  // @ts-expect-error no such fetch mode
  Choice.objects.fetchMode("all");
}

export async function namedFields(): Promise<void> {
  const [row] = await Choice.objects.annotate({
    again: new F("votes"),
    asked: new F("question__pubDate"),
    newest: new Max("question__pubDate"),
  });
  same<Equal<NonNullable<typeof row>["again"], number>>();
  same<Equal<NonNullable<typeof row>["asked"], Date>>();
  same<Equal<NonNullable<typeof row>["newest"], Date | null>>();
  Choice.objects.alias({ twice: new F("votes") }).filter({ twice__gt: 3 });
  const [ranked] = await Choice.objects.annotate({ place: new Window(new Rank(), { orderBy: "-votes" }) });
  same<Equal<NonNullable<typeof ranked>["place"], number>>();
  const { least } = await Choice.objects.aggregate({ least: new Min("choiceText") });
  same<Equal<typeof least, string | null>>();
  // @ts-expect-error no such field
  Choice.objects.annotate({ again: new F("vote") });
  // @ts-expect-error no such field behind the relation
  Choice.objects.annotate({ newest: new Max("question__pubDat") });
  // @ts-expect-error no such field to count
  Question.objects.annotate({ n: new Count("choice") });
  // @ts-expect-error no such field to add up
  await Choice.objects.aggregate({ sum: new Sum("vote") });
  // @ts-expect-error the annotation is a number
  Choice.objects.annotate({ again: new F("votes") }).filter({ again: "3" });
}

class Seat extends Model<Seat>()({
  pk: models.CompositePrimaryKey("questionId", "row"),
  question: models.ForeignKey<Question>("polls.Question", { onDelete: CASCADE }),
  row: models.CharField({ maxLength: 3 }),
  price: models.IntegerField({ default: 0 }),
}) {}

export async function compositeKeys(seat: Seat): Promise<void> {
  same<Equal<typeof seat.pk, readonly [number, string]>>();
  seat.pk = [1, "a"];
  await Seat.objects.get({ pk: [1, "a"] });
  Seat.objects.filter({ pk__in: [[1, "a"]], pk__gt: [1, "b"], pk__isnull: false }).orderBy("-pk");
  (await Seat.objects.inBulk([[1, "a"]])).get([1, "a"])?.price.toFixed();
  const [row] = await Seat.objects.values("pk", "price");
  same<Equal<typeof row, { pk: readonly [number, string]; price: number } | undefined>>();
  await Seat.objects.create({ questionId: 1, row: "a" });
  // @ts-expect-error the parts of the key have types
  Seat.objects.filter({ pk: ["a", 1] });
  // @ts-expect-error a key of two parts
  Seat.objects.filter({ pk: [1] });
  // @ts-expect-error lists of keys
  Seat.objects.filter({ pk__in: [1] });
  // @ts-expect-error no such lookup of lists
  Seat.objects.filter({ pk__startswith: [1, "a"] });
  // @ts-expect-error the key is no plain number
  await Seat.objects.inBulk([1]);
  // @ts-expect-error no id beside a composite key
  seat.id;
  Model<Seat>()({
    // @ts-expect-error a part that is no field
    pk: models.CompositePrimaryKey("questionId", "rows"),
    question: models.ForeignKey<Question>("polls.Question", { onDelete: CASCADE }),
    row: models.CharField({ maxLength: 3 }),
  });
}

interface PublishedQuerySet extends QuerySet<Question> {
  published(): this;
}

export function chaining(rows: PublishedQuerySet): void {
  rows.filter({ status: "p" }).published().orderBy("-pubDate").published();
}

// ---- files

class Album extends Model<Album>()({
  title: models.CharField({ maxLength: 9 }),
  notes: models.FileField({ uploadTo: "notes", blank: true }),
  cover: models.ImageField({ uploadTo: (album: { readonly title: string }, name) => `${album.title}/${name}` }),
}) {}

declare const album: Album;
declare const albums: QuerySet<Album>;
declare const upload: File;

album.notes.url satisfies string;
album.cover.width() satisfies Promise<number | undefined>;
void albums.create({ title: "a", cover: upload });
void albums.create({ title: "a", cover: "there.png", notes: album.notes });
void albums.filter({ cover: "x", notes__startswith: "notes/" });
const names: PromiseLike<string[]> = albums.valuesList("cover", { flat: true });
void names;
// @ts-expect-error an image is needed
void albums.create({ title: "a" });
// @ts-expect-error no file
void albums.create({ title: "a", cover: 5 });
// @ts-expect-error a path, or a function that makes one
models.FileField({ uploadTo: 5 });
// @ts-expect-error of images alone
models.FileField({ widthField: "w" });
