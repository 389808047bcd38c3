// What the compiler must know of getObjectOr404 and its like, and what it must refuse.

import * as models from "@tsgo/orm/models";

import { getListOr404, getObjectOr404 } from "./get-or-404.ts";

class Question extends models.Model<Question>()({
  questionText: models.CharField({ maxLength: 200 }),
  pubDate: models.DateTimeField({ verboseName: "date published" }),
}) {
  declare choices: models.RelatedManager<Choice>;

  wasPublishedRecently(): boolean {
    return this.pubDate > new Date();
  }
}

class Choice extends models.Model<Choice>()({
  question: models.ForeignKey<Question>("polls.Question", { onDelete: models.CASCADE, relatedName: "choices" }),
  votes: models.IntegerField({ default: 0 }),
}) {}

export async function accepted(question: Question): Promise<void> {
  const byKey = await getObjectOr404(Question, { pk: 1 });
  byKey.wasPublishedRecently() satisfies boolean;
  const byManager = await getObjectOr404(Question.objects, { questionText__startswith: "What" });
  byManager.questionText satisfies string;
  const byQueryset = await getObjectOr404(Choice.objects.selectRelated("question").filter({ votes: 3 }), { pk: 1 });
  byQueryset.question.questionText satisfies string;
  const related = await getObjectOr404(question.choices, { pk: 1 });
  related.votes satisfies number;
  const list = await getListOr404(Question, { pubDate__lte: new Date() });
  list.map((one) => one.wasPublishedRecently());
}

export async function refused(): Promise<void> {
  // @ts-expect-error -- no such field
  await getObjectOr404(Question, { questionTxt: "a" });
  // @ts-expect-error -- no such value
  await getObjectOr404(Choice, { votes: "3" });
  // @ts-expect-error -- no such field, at any depth
  await getListOr404(Choice, { question__text: "a" });
  // @ts-expect-error -- not asked for, so not loaded
  (await getObjectOr404(Choice, { pk: 1 })).question.questionText;
}
