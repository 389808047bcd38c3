import knexModule from "knex";
import { Model, snakeCaseMappers } from "objection";

class Question extends Model {
  static tableName = "question";
  static columnNameMappers = snakeCaseMappers();
  static get relationMappings() {
    return {
      choices: {
        relation: Model.HasManyRelation,
        modelClass: Choice,
        join: { from: "question.id", to: "choice.question_id" },
      },
    };
  }
}

class Choice extends Model {
  static tableName = "choice";
  static columnNameMappers = snakeCaseMappers();
}

export async function open(vendor, place) {
  const knex = knexModule(
    vendor === "sqlite"
      ? { client: "better-sqlite3", connection: { filename: place }, useNullAsDefault: true }
      : { client: "pg", connection: place },
  );
  Model.knex(knex);
  return {
    insertQuestion: (values) => Question.query().insert(values),
    insertOne: (values) => Choice.query().insert(values),
    // SQLite takes 32,766 values in one statement; only PostgreSQL inserts a list as one.
    insertMany: async (rows) => {
      if (vendor === "postgresql") return Choice.query().insert(rows);
      const columns = rows.map((row) => Choice.fromJson(row).$toDatabaseJson());
      return knex.batchInsert("choice", columns, 300);
    },
    getByKey: (id) => Question.query().findById(id),
    getChoice: (id) => Choice.query().findById(id),
    hundredRows: (votes) => Choice.query().where("votes", ">=", votes).orderBy(["votes", "id"]).limit(100),
    hundredWithChoices: () => Question.query().orderBy("id").limit(100).withGraphFetched("choices"),
    count: (votes) => Choice.query().where("votes", ">=", votes).resultSize(),
    updateOne: (choice, votes) => choice.$query().patch({ votes }),
    updateMany: (below, text) => Choice.query().where("votes", "<", below).patch({ choiceText: text }),
    deleteOne: (choice) => choice.$query().delete(),
    deleteWhereVotes: (votes) => Choice.query().where({ votes }).delete(),
    deleteFromVotes: (votes) => Choice.query().where("votes", ">=", votes).delete(),
    close: () => knex.destroy(),
  };
}
