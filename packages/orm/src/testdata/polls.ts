// Models that the tests of several features share.

import * as models from "../models/index.ts";

export class Question extends models.Model<Question>()({
  questionText: models.CharField({ maxLength: 200 }),
  pubDate: models.DateTimeField({ null: true }),
  data: models.JSONField<unknown>({ null: true }),
}) {
  static meta = { ordering: ["id"] } satisfies models.Meta<Question>;
  declare choices: models.RelatedManager<Choice>;
}

export class Choice extends models.Model<Choice>()({
  question: models.ForeignKey<Question>("Question", { onDelete: models.CASCADE, relatedName: "choices" }),
  choiceText: models.CharField({ maxLength: 200 }),
  votes: models.IntegerField({ default: 0 }),
}) {
  static meta = { ordering: ["id"] } satisfies models.Meta<Choice>;
}

export class User extends models.Model<User>()({
  name: models.CharField({ maxLength: 40 }),
  password: models.CharField({ maxLength: 100, default: "!" }),
  isSuperuser: models.BooleanField({ default: false }),
  resetToken: models.CharField({ maxLength: 40, null: true }),
  ipAddress: models.GenericIPAddressField({ null: true }),
  slug: models.SlugField({ default: "" }),
  balance: models.DecimalField({ maxDigits: 6, decimalPlaces: 2, null: true }),
  born: models.DateField({ null: true }),
  lastSeen: models.DateTimeField({ null: true }),
  score: models.FloatField({ null: true }),
  age: models.IntegerField({ null: true }),
  groups: models.ManyToManyField<Group>("Group", { relatedName: "users" }),
}) {
  static meta = { ordering: ["id"] } satisfies models.Meta<User>;
}

export class Group extends models.Model<Group>()({
  name: models.CharField({ maxLength: 40, unique: true }),
}) {
  declare users: models.ManyRelatedManager<User>;
}

/** All of them. */
export const pollsModels = [Question, Choice, Group, User] as const;
