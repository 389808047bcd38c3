import { asc, count, eq, gte, lt, relations } from "drizzle-orm";
import * as pgCore from "drizzle-orm/pg-core";
import * as sqliteCore from "drizzle-orm/sqlite-core";

function tables(vendor) {
  const { integer } = vendor === "sqlite" ? sqliteCore : pgCore;
  const table = vendor === "sqlite" ? sqliteCore.sqliteTable : pgCore.pgTable;
  const key = () =>
    vendor === "sqlite"
      ? integer("id").primaryKey({ autoIncrement: true })
      : integer("id").primaryKey().generatedByDefaultAsIdentity();
  const text = (name) =>
    (vendor === "sqlite" ? sqliteCore.text(name) : pgCore.varchar(name, { length: 200 })).notNull();
  const moment = (name) =>
    vendor === "sqlite" ? integer(name, { mode: "timestamp_ms" }) : pgCore.timestamp(name, { withTimezone: true });
  const question = table("question", {
    id: key(),
    questionText: text("question_text"),
    pubDate: moment("pub_date").notNull(),
  });
  const choice = table("choice", {
    id: key(),
    questionId: integer("question_id").notNull(),
    choiceText: text("choice_text"),
    votes: integer("votes").notNull(),
  });
  const questionRelations = relations(question, ({ many }) => ({ choices: many(choice) }));
  const choiceRelations = relations(choice, ({ one }) => ({
    question: one(question, { fields: [choice.questionId], references: [question.id] }),
  }));
  return { question, choice, questionRelations, choiceRelations };
}

async function connect(vendor, place, schema) {
  if (vendor === "sqlite") {
    const { drizzle } = await import("drizzle-orm/better-sqlite3");
    const { default: Database } = await import("better-sqlite3");
    const client = new Database(place);
    return { db: drizzle({ client, schema }), close: () => client.close() };
  }
  const { drizzle } = await import("drizzle-orm/node-postgres");
  const { default: pg } = await import("pg");
  const client = new pg.Pool({ connectionString: place });
  return { db: drizzle({ client, schema }), close: () => client.end() };
}

export async function open(vendor, place) {
  const schema = tables(vendor);
  const { question, choice } = schema;
  const { db, close } = await connect(vendor, place, schema);
  return {
    insertQuestion: (values) => db.insert(question).values(values),
    insertOne: async (values) => (await db.insert(choice).values(values).returning())[0],
    insertMany: async (rows) => {
      const size = 5000;
      for (let at = 0; at < rows.length; at += size) await db.insert(choice).values(rows.slice(at, at + size));
    },
    getByKey: async (id) => (await db.select().from(question).where(eq(question.id, id)))[0],
    getChoice: async (id) => (await db.select().from(choice).where(eq(choice.id, id)))[0],
    hundredRows: (votes) =>
      db.select().from(choice).where(gte(choice.votes, votes)).orderBy(asc(choice.votes), asc(choice.id)).limit(100),
    hundredWithChoices: () =>
      db.query.question.findMany({ with: { choices: true }, orderBy: asc(question.id), limit: 100 }),
    count: async (votes) =>
      (await db.select({ number: count() }).from(choice).where(gte(choice.votes, votes)))[0].number,
    updateOne: async (row, votes) => {
      await db.update(choice).set({ votes }).where(eq(choice.id, row.id));
      row.votes = votes;
    },
    updateMany: (below, text) => db.update(choice).set({ choiceText: text }).where(lt(choice.votes, below)),
    deleteOne: ({ id }) => db.delete(choice).where(eq(choice.id, id)),
    deleteWhereVotes: (votes) => db.delete(choice).where(eq(choice.votes, votes)),
    deleteFromVotes: (votes) => db.delete(choice).where(gte(choice.votes, votes)),
    close,
  };
}
