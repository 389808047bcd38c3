import { EntitySchema } from "@mikro-orm/core";

class Question {}
class Choice {}

const entities = [
  new EntitySchema({
    class: Question,
    tableName: "question",
    properties: {
      id: { type: "integer", primary: true, autoincrement: true },
      questionText: { type: "string", fieldName: "question_text" },
      pubDate: { type: "datetime", fieldName: "pub_date" },
      choices: { kind: "1:m", entity: () => Choice, mappedBy: "question" },
    },
  }),
  new EntitySchema({
    class: Choice,
    tableName: "choice",
    properties: {
      id: { type: "integer", primary: true, autoincrement: true },
      question: { kind: "m:1", entity: () => Question, fieldName: "question_id" },
      questionId: { type: "integer", fieldName: "question_id", persist: false },
      choiceText: { type: "string", fieldName: "choice_text" },
      votes: { type: "integer" },
    },
  }),
];

const related = ({ questionId, ...values }) => ({ ...values, question: questionId });

export async function open(vendor, place) {
  const { MikroORM } = await (vendor === "sqlite"
    ? import("@mikro-orm/better-sqlite")
    : import("@mikro-orm/postgresql"));
  const where = vendor === "sqlite" ? { dbName: place } : { clientUrl: place };
  const orm = await MikroORM.init({ entities, ...where, forceUtcTimezone: true });
  // A unit of work of its own for each operation, as each request has one.
  const fork = () => orm.em.fork();
  const managers = new WeakMap();
  const managed = (em, choice) => {
    managers.set(choice, em);
    return choice;
  };
  return {
    insertQuestion: (values) => fork().insert(Question, values),
    insertOne: async (values) => {
      const em = fork();
      const choice = em.create(Choice, related(values));
      await em.persistAndFlush(choice);
      return managed(em, Object.assign(choice, { questionId: values.questionId }));
    },
    insertMany: async (rows) => {
      const size = 5000;
      for (let at = 0; at < rows.length; at += size)
        await fork().insertMany(Choice, rows.slice(at, at + size).map(related));
    },
    getByKey: (id) => fork().findOne(Question, id),
    getChoice: async (id) => {
      const em = fork();
      return managed(em, await em.findOne(Choice, id));
    },
    hundredRows: (votes) =>
      fork().find(Choice, { votes: { $gte: votes } }, { orderBy: { votes: "asc", id: "asc" }, limit: 100 }),
    hundredWithChoices: () =>
      fork().find(Question, {}, { populate: ["choices"], strategy: "select-in", orderBy: { id: "asc" }, limit: 100 }),
    count: (votes) => fork().count(Choice, { votes: { $gte: votes } }),
    updateOne: async (choice, votes) => {
      choice.votes = votes;
      await managers.get(choice).flush();
    },
    updateMany: (below, text) => fork().nativeUpdate(Choice, { votes: { $lt: below } }, { choiceText: text }),
    deleteOne: (choice) => managers.get(choice).removeAndFlush(choice),
    deleteWhereVotes: (votes) => fork().nativeDelete(Choice, { votes }),
    deleteFromVotes: (votes) => fork().nativeDelete(Choice, { votes: { $gte: votes } }),
    close: () => orm.close(),
  };
}
