import { DataSource, EntitySchema, LessThan, MoreThanOrEqual } from "typeorm";

class Question {}
class Choice {}

const entities = (vendor) => [
  new EntitySchema({
    target: Question,
    name: "Question",
    tableName: "question",
    columns: {
      id: { type: "integer", primary: true, generated: true },
      questionText: { type: "varchar", name: "question_text" },
      pubDate: { type: vendor === "sqlite" ? "datetime" : "timestamptz", name: "pub_date" },
    },
    relations: { choices: { type: "one-to-many", target: "Choice", inverseSide: "question" } },
  }),
  new EntitySchema({
    target: Choice,
    name: "Choice",
    tableName: "choice",
    columns: {
      id: { type: "integer", primary: true, generated: true },
      questionId: { type: "integer", name: "question_id" },
      choiceText: { type: "varchar", name: "choice_text" },
      votes: { type: "integer" },
    },
    relations: {
      question: {
        type: "many-to-one",
        target: "Question",
        joinColumn: { name: "question_id" },
        inverseSide: "choices",
      },
    },
  }),
];

export async function open(vendor, place) {
  const source = new DataSource({
    ...(vendor === "sqlite" ? { type: "better-sqlite3", database: place } : { type: "postgres", url: place }),
    entities: entities(vendor),
  });
  await source.initialize();
  const questions = source.getRepository(Question);
  const choices = source.getRepository(Choice);
  return {
    insertQuestion: (values) => questions.save(questions.create(values)),
    insertOne: (values) => choices.save(choices.create(values)),
    insertMany: async (rows) => {
      const size = 5000;
      for (let at = 0; at < rows.length; at += size) await choices.insert(rows.slice(at, at + size));
    },
    getByKey: (id) => questions.findOneBy({ id }),
    getChoice: (id) => choices.findOneBy({ id }),
    hundredRows: (votes) =>
      choices.find({ where: { votes: MoreThanOrEqual(votes) }, order: { votes: "ASC", id: "ASC" }, take: 100 }),
    hundredWithChoices: () =>
      questions.find({ relations: { choices: true }, relationLoadStrategy: "query", order: { id: "ASC" }, take: 100 }),
    count: (votes) => choices.countBy({ votes: MoreThanOrEqual(votes) }),
    updateOne: (choice, votes) => {
      choice.votes = votes;
      return choices.save(choice);
    },
    updateMany: (below, text) => choices.update({ votes: LessThan(below) }, { choiceText: text }),
    deleteOne: (choice) => choices.remove(choice),
    deleteWhereVotes: (votes) => choices.delete({ votes }),
    deleteFromVotes: (votes) => choices.delete({ votes: MoreThanOrEqual(votes) }),
    close: () => source.destroy(),
  };
}
