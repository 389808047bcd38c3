import { BaseModel, Adapter } from "@adonisjs/lucid/orm";
import { Database } from "@adonisjs/lucid/database";
import { DateTime } from "luxon";

class Choice extends BaseModel {
  static table = "choice";
}

class Question extends BaseModel {
  static table = "question";
}

function define() {
  for (const model of [Question, Choice]) {
    model.boot();
    model.$addColumn("id", { isPrimary: true, columnName: "id" });
  }
  Question.$addColumn("questionText", { columnName: "question_text" });
  Question.$addColumn("pubDate", {
    columnName: "pub_date",
    prepare: (value) => (value instanceof Date ? value.toISOString() : (value?.toISO?.() ?? value)),
    consume: (value) => (value instanceof Date ? DateTime.fromJSDate(value) : DateTime.fromISO(value)),
  });
  Choice.$addColumn("questionId", { columnName: "question_id" });
  Choice.$addColumn("choiceText", { columnName: "choice_text" });
  Choice.$addColumn("votes", { columnName: "votes" });
  Question.$addRelation("choices", "hasMany", () => Choice, { foreignKey: "questionId" });
}

export async function open(vendor, place) {
  const connection =
    vendor === "sqlite"
      ? { client: "better-sqlite3", connection: { filename: place }, useNullAsDefault: true }
      : { client: "pg", connection: place };
  const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} };
  const database = new Database({ connection: "main", connections: { main: connection } }, silent, {
    emit() {},
    hasListeners: () => false,
  });
  BaseModel.$adapter = new Adapter(database);
  define();
  return {
    insertQuestion: (values) => Question.create(values),
    insertOne: (values) => Choice.create(values),
    insertMany: async (rows) => {
      const columns = rows.map((row) => ({
        question_id: row.questionId,
        choice_text: row.choiceText,
        votes: row.votes,
      }));
      const size = vendor === "sqlite" ? 300 : 10_000;
      for (let at = 0; at < columns.length; at += size)
        await database.table("choice").multiInsert(columns.slice(at, at + size));
    },
    getByKey: (id) => Question.find(id),
    getChoice: (id) => Choice.find(id),
    hundredRows: (votes) => Choice.query().where("votes", ">=", votes).orderBy("votes").orderBy("id").limit(100),
    hundredWithChoices: () => Question.query().preload("choices").orderBy("id").limit(100),
    count: async (votes) =>
      Number((await Choice.query().where("votes", ">=", votes).count("* as number"))[0].$extras.number),
    updateOne: (choice, votes) => {
      choice.votes = votes;
      return choice.save();
    },
    updateMany: (below, text) => Choice.query().where("votes", "<", below).update({ choice_text: text }),
    deleteOne: (choice) => choice.delete(),
    deleteWhereVotes: (votes) => Choice.query().where({ votes }).delete(),
    deleteFromVotes: (votes) => Choice.query().where("votes", ">=", votes).delete(),
    close: () => database.manager.closeAll(),
  };
}
