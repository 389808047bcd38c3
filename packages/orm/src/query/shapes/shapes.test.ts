import { Temporal } from "@tsgo/orm/temporal";
import { expect, test } from "vitest";

import { connections } from "../../db/connections.ts";
import { F } from "../../expressions/references.ts";
import { Q } from "../../expressions/q.ts";
import { CharField } from "../../fields/text.ts";
import { OperatorLookup } from "../../lookups/lookup.ts";
import { registerLookup, unregisterLookup } from "../../lookups/registry.ts";
import type { QuerySet as PlainQuerySet } from "../../models/queryset.ts";
import { RECIPE } from "../../models/queryset/chain.ts";
import { useDatabase } from "../../testdata/database.ts";
import { Choice, Group, Question, User, pollsModels } from "../../testdata/polls.ts";
import { compileSelect } from "../execute.ts";
import { Recipe } from "./recipe.ts";
import { readySelect } from "./select.ts";

const log = useDatabase("polls", ...pollsModels);

type Make = (value: never) => unknown;

interface Family {
  readonly make: Make;
  readonly values: readonly unknown[];
}

/** A value that is made when the models are there. */
class Later {
  readonly make: () => unknown;
  constructor(make: () => unknown) {
    this.make = make;
  }
}

const question = (id: number): Later => new Later(() => new Question({ id }));
const families: Readonly<Record<string, Family>> = {
  "a comparison": { make: (votes) => Choice.objects.filter({ votes__gte: votes }), values: [1, 2.5, -3, 2 ** 40, 7n] },
  equality: { make: (votes) => Choice.objects.filter({ votes }), values: [1, 2 ** 70, 0, null, "5"] },
  "a text": {
    make: (text) => Choice.objects.filter({ choiceText__contains: text }),
    values: ["a", "50%", "_", "back\\slash"],
  },
  "a list": {
    make: (votes) => Choice.objects.filter({ votes__in: votes }),
    values: [[1, 2], [2, 3], [2, 2], [1], [], [null, 1]],
  },
  "a relation": {
    make: (value) => Choice.objects.filter({ question: value }),
    values: [1, question(3), question(4)],
  },
  "an exclusion over many": {
    make: (votes) => Question.objects.exclude({ choices__votes: votes }),
    values: [1, 2, null],
  },
  "a tree of conditions": {
    make: (votes) =>
      Choice.objects.filter(new Q({ votes }).or({ choiceText: "x" }).not(), { question__pubDate__lt: new Date(5) }),
    values: [1, 8, null],
  },
  "a boolean": { make: (value) => User.objects.filter({ isSuperuser: value }), values: [true, false, 1] },
  "a date": {
    make: (value) => User.objects.filter({ born: value }),
    values: [Temporal.PlainDate.from("2000-01-01"), Temporal.PlainDate.from("2001-02-03"), "2002-03-04"],
  },
  "a part of a date": { make: (year) => Question.objects.filter({ pubDate__year: year }), values: [2024, 2025] },
  "an expression": { make: (by) => Choice.objects.filter({ votes: new F("question").add(by) }), values: [1, 2] },
  "an order and a slice": {
    make: (votes) =>
      Choice.objects.filter({ votes__lt: votes }).orderBy("-votes", "question__questionText").slice(2, 7),
    values: [1, 9],
  },
  "columns of a relation": {
    make: (name) => User.objects.filter({ groups__name: name }).values("name", "groups__name").distinct(),
    values: ["a", "b"],
  },
  "relations that come along": {
    make: (votes) => Choice.objects.selectRelated("question").defer("choiceText").filter({ votes }),
    values: [4, 5],
  },
};

/** What the query is compiled to without anything that was kept. */
function afresh(queryset: PlainQuerySet): unknown {
  const compiled = compileSelect(queryset.query, connections.get());
  return compiled === undefined ? undefined : { sql: compiled.sql, params: compiled.params };
}

function kept(queryset: PlainQuerySet): unknown {
  const ready = readySelect(queryset[RECIPE], connections.get());
  return ready === undefined ? undefined : { sql: ready.select.compiled.sql, params: ready.params };
}

test.each(Object.entries(families))(
  "%s has the statement that it would be compiled to, whatever came before",
  (_name, { make, values }) => {
    for (const value of [...values, ...values.toReversed()]) {
      const queryset = make((value instanceof Later ? value.make() : value) as never) as PlainQuerySet;
      expect(kept(queryset)).toEqual(afresh(queryset));
    }
  },
);

function named(name: string): PlainQuerySet {
  return Group.objects.filter({ name }).orderBy("-id").slice(0, 5) as unknown as PlainQuerySet;
}

test("a query of a known shape is not built at all", async () => {
  await Group.objects.bulkCreate(["a", "b"].map((name) => new Group({ name })));
  await named("a");
  const second = named("b");
  const rows = await second;
  expect(rows.map(String)).toEqual(["Group object (2)"]);
  expect(second[RECIPE].shape).toBeDefined();
  expect(log.slice(-2).map(({ sql, params }) => [sql === log.at(-1)?.sql, params])).toEqual([
    [true, ["a"]],
    [true, ["b"]],
  ]);
});

test("a wrong value is refused at once, also where right ones of its kind came before", () => {
  expect(() => Choice.objects.filter({ votes: "5" as never })).not.toThrow();
  expect(() => Choice.objects.filter({ votes: "five" as never })).toThrow("votes");
  expect(() => Choice.objects.filter({ choiceText: "a" })).not.toThrow();
  expect(() => Choice.objects.filter({ choiceText: "a\0" })).toThrow("null characters");
  expect(() => Choice.objects.filter({ question: new Group({ id: 1 }) as never })).toThrow("Question");
});

test("names cannot pass for what they are not", () => {
  expect(() => Choice.objects.filter({ "votes,id": 1 } as never)).toThrow("votes,id");
  expect(() => Choice.objects.orderBy("votes", "id")).not.toThrow();
  expect(() => Choice.objects.orderBy("votes,id" as never)).toThrow("votes,id");
});

function nameSql(): string | undefined {
  const queryset = Group.objects.filter({ name__iexact: "a" }) as unknown as PlainQuerySet;
  return readySelect(queryset[RECIPE], connections.get())?.select.compiled.sql;
}

test("a lookup that is registered later counts", () => {
  const before = nameSql();
  class Same extends OperatorLookup {
    static override readonly lookupName = "iexact";
    override compile() {
      return { sql: "1 = 2", params: [] };
    }
  }
  registerLookup(CharField, Same);
  expect(nameSql()).toContain("1 = 2");
  unregisterLookup(CharField, "iexact");
  expect(nameSql()).toBe(before);
});

test("a recipe of a query that was put together otherwise keeps nothing", () => {
  const { query } = Group.objects.filter({ name: "a" }) as unknown as PlainQuerySet;
  expect(Recipe.ofQuery(query).with([Symbol("call")], [], () => undefined).shape).toBeUndefined();
});
