// The models as TypeScript. Names and texts of the database stand in it as names that were made safe, and as text literals.

import { type Code, array, call, layOut, object, prefixed, stringLiteral } from "../migrations/writer/layout.ts";
import { Imports } from "../migrations/writer/imports.ts";
import { DB_MODULE } from "../migrations/writer/serializer.ts";
import type { UnreadableTable } from "./inspect-database.ts";
import type { PlannedField, PlannedModel } from "./plan-models.ts";

const HEADER = `// Made by inspectdb from the tables of a database. Read it before you rely on it:
//   - Move each model into the models of its application, and give it and its fields the names that you want.
//   - \`managed: false\` keeps migrations away from the tables. Take it out where migrations shall make and change them.
//   - Say with \`onDelete\` what becomes of rows when the row goes that they refer to. So far that is the database's business.
`;

/** The text of a module with these models. */
export function writeModels(models: readonly PlannedModel[], unreadable: readonly UnreadableTable[]): string {
  const imports = new Imports();
  imports.use(DB_MODULE, "models");
  return [
    HEADER,
    imports.toString(),
    ...models.map(writeModel),
    ...unreadable.map(
      ({ name, problem }) => `${comment(`The table ${stringLiteral(name)} was left out: ${problem}`, "")}\n`,
    ),
  ].join("\n");
}

function writeModel(model: PlannedModel): string {
  const fields = [
    ...(model.compositeKey.length > 0
      ? [`  pk: ${layOut(call("models.CompositePrimaryKey", model.compositeKey.map(stringLiteral)), "  ", 1)},\n`]
      : []),
    ...model.fields.map(writeField),
  ];
  const meta = prefixed("static meta = ", metaCode(model));
  const ending = ` satisfies models.Meta<${model.name}>;`;
  const lines = [
    `  ${layOut(meta, "  ", ending.length)}${ending}\n`,
    ...model.reverse.map(({ accessor, model: source }) => `  declare ${accessor}: models.RelatedManager<${source}>;\n`),
  ];
  const notes =
    model.table.kind === "view" ? `${comment("A view: its rows can be read, and perhaps not be written.", "")}\n` : "";
  const body = fields.length === 0 ? "{}" : `{\n${fields.join("")}}`;
  return `${notes}export class ${model.name} extends models.Model<${model.name}>()(${body}) {\n${lines.join("")}}\n`;
}

function metaCode({ table, uniqueTogether }: PlannedModel): Code {
  return object([
    ["managed", "false"],
    ["dbTable", stringLiteral(table.name)],
    ...(table.comment === "" ? [] : [["dbTableComment", stringLiteral(table.comment)] as const]),
    ...(uniqueTogether.length === 0 ? [] : [["uniqueTogether", codeOf(uniqueTogether)] as const]),
  ]);
}

function writeField(field: PlannedField): string {
  const notes = field.notes.map((note) => `${comment(note, "  ")}\n`).join("");
  return `${notes}  ${layOut(prefixed(`${field.name}: `, fieldCode(field)), "  ", 1)},\n`;
}

function fieldCode({ relation, guess, options, column }: PlannedField): Code {
  if (relation !== undefined) {
    const type = relation.oneToOne ? "OneToOneField" : "ForeignKey";
    return call(`models.${type}<${relation.model}>`, [
      stringLiteral(relation.model),
      object([["onDelete", "models.DO_NOTHING"], ...entries(options)]),
    ]);
  }
  if (column.generated === null) return fieldCall(guess.type, { ...guess.options, ...options });
  return call("models.GeneratedField", [
    object([
      ["expression", `new models.RawSQL(${stringLiteral(column.expression ?? "NULL")})`],
      ["outputField", fieldCall(guess.type, guess.options)],
      ["dbPersist", String(column.generated === "stored")],
      ...entries(options),
    ]),
  ]);
}

function fieldCall(type: string, options: Readonly<Record<string, unknown>>): Code {
  const list = entries(options);
  return call(`models.${type}`, list.length === 0 ? [] : [object(list)]);
}

function entries(options: Readonly<Record<string, unknown>>): (readonly [string, Code])[] {
  return Object.entries(options).map(([name, value]) => [name, codeOf(value)] as const);
}

function codeOf(value: unknown): Code {
  if (typeof value === "string") return stringLiteral(value);
  return Array.isArray(value) ? array(value.map(codeOf)) : String(value);
}

/** A text behind `//`, whose every line ends where a line of TypeScript ends. */
function comment(text: string, indent: string): string {
  return text
    .split(/[\n\r\u2028\u2029]+/)
    .map((line) => `${indent}// ${line}`)
    .join("\n");
}
