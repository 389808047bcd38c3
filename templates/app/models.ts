// The tables of the application, one class each. After a change: `node manage makemigrations`, then `migrate`.
//
//   import { models } from "tsgo/db";
//
//   export class Question extends models.Model<Question>()({
//     questionText: models.CharField({ maxLength: 200 }),
//     pubDate: models.DateTimeField({ verboseName: "date published" }),
//   }) {}
export {};
