// The drivers with prepared statements, as one would write it by hand.

const SQL = {
  question: "SELECT id, question_text, pub_date FROM question WHERE id = ?",
  choice: "SELECT id, question_id, choice_text, votes FROM choice WHERE id = ?",
  hundred: "SELECT id, question_id, choice_text, votes FROM choice WHERE votes >= ? ORDER BY votes, id LIMIT 100",
  questions: "SELECT id, question_text, pub_date FROM question ORDER BY id LIMIT 100",
  count: "SELECT count(*) AS number FROM choice WHERE votes >= ?",
  updateOne: "UPDATE choice SET votes = ? WHERE id = ?",
  updateMany: "UPDATE choice SET choice_text = ? WHERE votes < ?",
  deleteOne: "DELETE FROM choice WHERE id = ?",
  deleteWhere: "DELETE FROM choice WHERE votes = ?",
  deleteFrom: "DELETE FROM choice WHERE votes >= ?",
};

const toQuestion = (row) => ({ id: row.id, questionText: row.question_text, pubDate: new Date(row.pub_date) });
const toChoice = (row) => ({ id: row.id, questionId: row.question_id, choiceText: row.choice_text, votes: row.votes });

function withChoices(questions, choices) {
  const byId = new Map();
  for (const row of questions) byId.set(row.id, Object.assign(toQuestion(row), { choices: [] }));
  for (const row of choices) byId.get(row.question_id).choices.push(toChoice(row));
  return [...byId.values()];
}

function numbered(sql) {
  let number = 0;
  return sql.replaceAll("?", () => `$${(number += 1)}`);
}

export async function open(vendor, place) {
  return vendor === "sqlite" ? sqlite(place) : postgresql(place);
}

async function sqlite(place) {
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(place);
  const prepared = Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]));
  const insertQuestion = database.prepare("INSERT INTO question (question_text, pub_date) VALUES (?, ?)");
  const insertChoice = database.prepare("INSERT INTO choice (question_id, choice_text, votes) VALUES (?, ?, ?)");
  const choicesOf = database.prepare(
    `SELECT id, question_id, choice_text, votes FROM choice WHERE question_id IN (${Array(100).fill("?").join(", ")})`,
  );
  const insertMany = database.transaction((rows) => {
    for (const { questionId, choiceText, votes } of rows) insertChoice.run(questionId, choiceText, votes);
  });
  return {
    insertQuestion: ({ questionText, pubDate }) => insertQuestion.run(questionText, pubDate.toISOString()),
    insertOne: (values) => {
      const { lastInsertRowid } = insertChoice.run(values.questionId, values.choiceText, values.votes);
      return { id: lastInsertRowid, ...values };
    },
    insertMany,
    getByKey: (id) => toQuestion(prepared.question.get(id)),
    getChoice: (id) => toChoice(prepared.choice.get(id)),
    hundredRows: (votes) => prepared.hundred.all(votes).map(toChoice),
    hundredWithChoices: () => {
      const questions = prepared.questions.all();
      return withChoices(questions, choicesOf.all(questions.map(({ id }) => id)));
    },
    count: (votes) => prepared.count.get(votes).number,
    updateOne: (choice, votes) => {
      prepared.updateOne.run(votes, choice.id);
      choice.votes = votes;
    },
    updateMany: (below, text) => prepared.updateMany.run(text, below),
    deleteOne: ({ id }) => prepared.deleteOne.run(id),
    deleteWhereVotes: (votes) => prepared.deleteWhere.run(votes),
    deleteFromVotes: (votes) => prepared.deleteFrom.run(votes),
    close: () => database.close(),
  };
}

async function postgresql(place) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  const statements = Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, numbered(sql)]));
  const send = (name, values) => client.query({ name, text: statements[name], values });
  Object.assign(statements, {
    insertQuestion: "INSERT INTO question (question_text, pub_date) VALUES ($1, $2)",
    insertChoice: "INSERT INTO choice (question_id, choice_text, votes) VALUES ($1, $2, $3) RETURNING id",
    insertMany:
      "INSERT INTO choice (question_id, choice_text, votes) SELECT * FROM unnest($1::integer[], $2::varchar[], $3::integer[]) RETURNING id",
    choicesOf: "SELECT id, question_id, choice_text, votes FROM choice WHERE question_id = ANY($1)",
  });
  return {
    insertQuestion: ({ questionText, pubDate }) => send("insertQuestion", [questionText, pubDate]),
    insertOne: async (values) => {
      const { rows } = await send("insertChoice", [values.questionId, values.choiceText, values.votes]);
      return { id: rows[0].id, ...values };
    },
    insertMany: (rows) =>
      send("insertMany", [
        rows.map(({ questionId }) => questionId),
        rows.map(({ choiceText }) => choiceText),
        rows.map(({ votes }) => votes),
      ]),
    getByKey: async (id) => toQuestion((await send("question", [id])).rows[0]),
    getChoice: async (id) => toChoice((await send("choice", [id])).rows[0]),
    hundredRows: async (votes) => (await send("hundred", [votes])).rows.map(toChoice),
    hundredWithChoices: async () => {
      const { rows } = await send("questions", []);
      return withChoices(rows, (await send("choicesOf", [rows.map(({ id }) => id)])).rows);
    },
    count: async (votes) => Number((await send("count", [votes])).rows[0].number),
    updateOne: async (choice, votes) => {
      await send("updateOne", [votes, choice.id]);
      choice.votes = votes;
    },
    updateMany: (below, text) => send("updateMany", [text, below]),
    deleteOne: ({ id }) => send("deleteOne", [id]),
    deleteWhereVotes: (votes) => send("deleteWhere", [votes]),
    deleteFromVotes: (votes) => send("deleteFrom", [votes]),
    close: () => client.end(),
  };
}
