// What is measured. A contender has a method for each of `OPERATIONS`; a task calls one of them some times.

import { CHOICES, MANY, QUESTIONS } from "./tables.js";

/** Times for each task: how often an operation runs in one turn. `before` and `after` are not measured. */
export const TASKS = {
  "insert one": {
    times: 200,
    run: async ({ contender, made }, index) => {
      made.push(await contender.insertOne({ questionId: 1 + (index % 200), choiceText: "new", votes: 500 }));
    },
    after: async ({ contender, made }) => {
      made.length = 0;
      await contender.deleteWhereVotes(500);
    },
  },
  "bulk insert 10,000": {
    times: 1,
    run: ({ contender }) => contender.insertMany(MANY),
    after: ({ contender }) => contender.deleteFromVotes(1000),
  },
  "get by key": {
    times: 500,
    run: ({ contender }, index) => contender.getByKey(1 + (index % QUESTIONS.length)),
  },
  "100 rows": {
    times: 50,
    run: ({ contender }, index) => contender.hundredRows(index % 40),
  },
  "100 with 5 each": {
    times: 10,
    run: ({ contender }) => contender.hundredWithChoices(),
  },
  count: {
    times: 300,
    run: ({ contender }, index) => contender.count(index % 100),
  },
  "update one": {
    times: 200,
    before: async (state) => {
      state.one = await state.contender.getChoice(7);
    },
    run: ({ contender, one }, index) => contender.updateOne(one, index % 100),
    after: async ({ contender, one }) => contender.updateOne(one, CHOICES[6].votes),
  },
  "update many": {
    times: 50,
    run: ({ contender }, index) => contender.updateMany(10, `changed ${index}`),
  },
  delete: {
    times: 200,
    before: async ({ contender, made }) => {
      for (let index = 0; index < 200; index++)
        made.push(await contender.insertOne({ questionId: 1 + index, choiceText: "new", votes: 500 }));
    },
    run: ({ contender, made }) => contender.deleteOne(made.pop()),
  },
};

const question = (row) => ({
  id: Number(row.id),
  questionText: row.questionText,
  pubDate: new Date(row.pubDate).toISOString(),
});

const choice = (row) => ({
  id: Number(row.id),
  questionId: Number(row.questionId),
  choiceText: row.choiceText,
  votes: row.votes,
});

/** Every operation once, and what came of it, in a form that is the same for all who do the same work. */
export async function answers(contender) {
  const found = {
    getByKey: question(await contender.getByKey(3)),
    hundredRows: Array.from(await contender.hundredRows(20), choice),
    count: Number(await contender.count(50)),
  };
  const eager = await contender.hundredWithChoices();
  found.hundredWithChoices = [];
  for (const row of eager) {
    const choices = (await contender.choicesOf?.(row)) ?? row.choices;
    found.hundredWithChoices.push({
      ...question(row),
      choices: Array.from(choices, choice).toSorted((a, b) => a.id - b.id),
    });
  }
  const inserted = await contender.insertOne({ questionId: 3, choiceText: "one more", votes: 77 });
  found.inserted = { ...choice(inserted), id: undefined };
  found.written = { ...choice(await contender.getChoice(Number(inserted.id))), id: undefined };
  await contender.updateOne(await contender.getChoice(Number(inserted.id)), 78);
  found.updated = (await contender.getChoice(Number(inserted.id))).votes;
  await contender.deleteOne(await contender.getChoice(Number(inserted.id)));
  found.counts = [Number(await contender.count(0))];
  await contender.insertMany(MANY);
  found.counts.push(Number(await contender.count(1000)));
  await contender.deleteFromVotes(1000);
  found.counts.push(Number(await contender.count(0)));
  await contender.updateMany(10, "changed");
  found.changed = Array.from(await contender.hundredRows(0), choice).filter(
    (row) => row.choiceText === "changed",
  ).length;
  return found;
}
