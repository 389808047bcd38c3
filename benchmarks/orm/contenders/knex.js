import knexModule from "knex";

const question = { id: "id", questionText: "question_text", pubDate: "pub_date" };
const choice = { id: "id", questionId: "question_id", choiceText: "choice_text", votes: "votes" };
const columns = ({ questionId, choiceText, votes }) => ({
  question_id: questionId,
  choice_text: choiceText,
  votes,
});

const asDate = (row) => Object.assign(row, { pubDate: new Date(row.pubDate) });

export async function open(vendor, place) {
  const knex = knexModule(
    vendor === "sqlite"
      ? { client: "better-sqlite3", connection: { filename: place }, useNullAsDefault: true }
      : { client: "pg", connection: place },
  );
  return {
    insertQuestion: ({ questionText, pubDate }) =>
      knex("question").insert({ question_text: questionText, pub_date: pubDate }),
    insertOne: async (values) => {
      const [{ id }] = await knex("choice").insert(columns(values)).returning("id");
      return { id, ...values };
    },
    // SQLite takes 32,766 values in one statement.
    insertMany: (rows) => knex.batchInsert("choice", rows.map(columns), vendor === "sqlite" ? 300 : 10_000),
    getByKey: async (id) => asDate(await knex("question").select(question).where({ id }).first()),
    getChoice: (id) => knex("choice").select(choice).where({ id }).first(),
    hundredRows: (votes) =>
      knex("choice").select(choice).where("votes", ">=", votes).orderBy(["votes", "id"]).limit(100),
    hundredWithChoices: async () => {
      const questions = await knex("question").select(question).orderBy("id").limit(100);
      const byId = new Map(questions.map((row) => [row.id, Object.assign(asDate(row), { choices: [] })]));
      for (const row of await knex("choice")
        .select(choice)
        .whereIn("question_id", [...byId.keys()]))
        byId.get(row.questionId).choices.push(row);
      return questions;
    },
    count: async (votes) => Number((await knex("choice").where("votes", ">=", votes).count({ number: "*" }))[0].number),
    updateOne: async (row, votes) => {
      await knex("choice").where({ id: row.id }).update({ votes });
      row.votes = votes;
    },
    updateMany: (below, text) => knex("choice").where("votes", "<", below).update({ choice_text: text }),
    deleteOne: ({ id }) => knex("choice").where({ id }).delete(),
    deleteWhereVotes: (votes) => knex("choice").where({ votes }).delete(),
    deleteFromVotes: (votes) => knex("choice").where("votes", ">=", votes).delete(),
    close: () => knex.destroy(),
  };
}
