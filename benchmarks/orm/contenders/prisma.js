// The client without an engine of its own: driver adapters. It is generated when the benchmark first needs it.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

function generated(vendor) {
  const folder = fileURLToPath(new URL(`../node_modules/.prisma-${vendor}`, import.meta.url));
  if (!existsSync(folder)) {
    const schema = fileURLToPath(new URL(`../prisma/${vendor}.prisma`, import.meta.url));
    const cli = require.resolve("prisma/build/index.js");
    // Generating takes no engine; named is one that is there, so that none is fetched from the network.
    execFileSync(process.execPath, [cli, "generate", "--schema", schema, "--no-hints"], {
      stdio: "ignore",
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    });
  }
  return require(folder);
}

async function adapterFor(vendor, place) {
  if (vendor === "sqlite") {
    const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
    return new PrismaBetterSqlite3({ url: `file:${place}` });
  }
  const { PrismaPg } = await import("@prisma/adapter-pg");
  return new PrismaPg({ connectionString: place });
}

export async function open(vendor, place) {
  const { PrismaClient } = generated(vendor);
  const prisma = new PrismaClient({ adapter: await adapterFor(vendor, place) });
  const { question, choice } = prisma;
  return {
    insertQuestion: (data) => question.create({ data }),
    insertOne: (data) => choice.create({ data }),
    insertMany: (data) => choice.createMany({ data }),
    getByKey: (id) => question.findUnique({ where: { id } }),
    getChoice: (id) => choice.findUnique({ where: { id } }),
    hundredRows: (votes) =>
      choice.findMany({ where: { votes: { gte: votes } }, orderBy: [{ votes: "asc" }, { id: "asc" }], take: 100 }),
    hundredWithChoices: () => question.findMany({ include: { choices: true }, orderBy: { id: "asc" }, take: 100 }),
    count: (votes) => choice.count({ where: { votes: { gte: votes } } }),
    updateOne: async (row, votes) =>
      Object.assign(row, await choice.update({ where: { id: row.id }, data: { votes } })),
    updateMany: (below, text) => choice.updateMany({ where: { votes: { lt: below } }, data: { choiceText: text } }),
    deleteOne: ({ id }) => choice.delete({ where: { id } }),
    deleteWhereVotes: (votes) => choice.deleteMany({ where: { votes } }),
    deleteFromVotes: (votes) => choice.deleteMany({ where: { votes: { gte: votes } } }),
    close: () => prisma.$disconnect(),
  };
}
