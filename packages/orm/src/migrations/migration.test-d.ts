// What the compiler must accept in a migration file, as the writer makes it.

import * as models from "../models/index.ts";
import * as migrations from "./index.ts";

export default new migrations.Migration({
  initial: true,
  dependencies: [["polls", "0001_initial"], migrations.swappableDependency("AUTH_USER_MODEL")],
  operations: [
    new migrations.CreateModel({
      name: "Question",
      fields: {
        id: models.BigAutoField({ autoCreated: true, primaryKey: true }),
        questionText: models.CharField({ maxLength: 200 }),
        votes: models.IntegerField({ default: 0, null: true }),
        data: models.JSONField({ default: () => ({}) }),
        owner: models.ForeignKey("auth.User", { onDelete: models.CASCADE, relatedName: "questions" }),
        tags: models.ManyToManyField("polls.Tag", { relatedName: "questions" }),
      },
      options: { ordering: ["-votes"] },
    }),
    new migrations.AddField({ modelName: "Question", name: "stars", field: models.IntegerField({ default: 0 }) }),
    new migrations.AlterField({
      modelName: "Question",
      name: "stars",
      field: models.FloatField(),
      preserveDefault: false,
    }),
    new migrations.AddIndex({
      modelName: "Question",
      index: new models.Index({ fields: ["-votes"], name: "i", condition: new models.Q({ votes__gt: 1 }).not() }),
    }),
    new migrations.AddConstraint({
      modelName: "Question",
      constraint: new models.CheckConstraint({
        name: "c",
        condition: new models.Q({ votes__gte: 0 }).or(new models.Q({ stars: 1 })),
      }),
    }),
    new migrations.RunSQL({ sql: ["SELECT 1", ["SELECT ?", [1]]], reverseSql: migrations.RunSQL.noop }),
    new migrations.RunTypeScript({
      code: async (apps) => void apps.getModel("polls", "Question"),
      reverseCode: migrations.RunTypeScript.noop,
    }),
    // @ts-expect-error An operation needs what it is about.
    new migrations.RemoveField({ modelName: "Question" }),
  ],
});
