// The built code, as users get it.

import { connections, models } from "tsgo/db";
import { configureSettings } from "tsgo/conf";

class Question extends models.Model()({
  id: models.AutoField({ primaryKey: true }),
  questionText: models.CharField({ maxLength: 200 }),
  pubDate: models.DateTimeField(),
}) {
  static meta = { dbTable: "question" };
}

class Choice extends models.Model()({
  id: models.AutoField({ primaryKey: true }),
  question: models.ForeignKey("Question", { onDelete: models.CASCADE, relatedName: "choices" }),
  choiceText: models.CharField({ maxLength: 200 }),
  votes: models.IntegerField(),
}) {
  static meta = { dbTable: "choice" };
}

function database(vendor, place) {
  if (vendor === "sqlite") return { ENGINE: "sqlite", NAME: place };
  const { hostname, port, username, password, pathname } = new URL(place);
  return {
    ENGINE: "postgresql",
    NAME: pathname.slice(1),
    HOST: hostname,
    PORT: port,
    USER: username,
    PASSWORD: password,
  };
}

export async function open(vendor, place) {
  configureSettings({ USE_TZ: true, TIME_ZONE: "UTC", DATABASES: { default: database(vendor, place) } });
  // As happens to the models of an installed application.
  for (const model of [Question, Choice]) model[Symbol.for("tsgo.model.register")]({ label: "polls" });
  return {
    insertQuestion: (values) => Question.objects.create(values),
    insertOne: (values) => Choice.objects.create(values),
    insertMany: (rows) => Choice.objects.bulkCreate(rows.map((values) => new Choice(values))),
    getByKey: (id) => Question.objects.get({ pk: id }),
    getChoice: (id) => Choice.objects.get({ pk: id }),
    hundredRows: async (votes) => Choice.objects.filter({ votes__gte: votes }).orderBy("votes", "id").slice(0, 100),
    hundredWithChoices: async () => Question.objects.orderBy("id").prefetchRelated("choices").slice(0, 100),
    choicesOf: async (question) => question.choices.all(),
    count: (votes) => Choice.objects.filter({ votes__gte: votes }).count(),
    updateOne: (choice, votes) => {
      choice.votes = votes;
      return choice.save({ updateFields: ["votes"] });
    },
    updateMany: (below, text) => Choice.objects.filter({ votes__lt: below }).update({ choiceText: text }),
    deleteOne: (choice) => choice.delete(),
    deleteWhereVotes: (votes) => Choice.objects.filter({ votes }).delete(),
    deleteFromVotes: (votes) => Choice.objects.filter({ votes__gte: votes }).delete(),
    everyChoice: () => Choice.objects.orderBy("id").iterator(),
    close: () => connections.closeAll(),
  };
}
