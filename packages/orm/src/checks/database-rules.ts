// What a database cannot do of what models ask for. The ids are Django's.

import type { CheckMessage } from "@tsgo/core/checks";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { BinaryField } from "../fields/binary.ts";
import type { Field } from "../fields/field.ts";
import { GeneratedField } from "../fields/generated.ts";
import { JSONField } from "../fields/json.ts";
import { TextField } from "../fields/text.ts";
import { CheckConstraint } from "../models/constraints/check.ts";
import type { Constraint } from "../models/constraints/constraint.ts";
import { UniqueConstraint } from "../models/constraints/unique.ts";
import type { Index } from "../models/indexes.ts";
import type { ModelClass } from "../models/model.ts";
import { Report } from "./report.ts";

/** What a database leaves out, or refuses, when it makes the table of a model. */
export function checkModelOn(model: ModelClass, connection: DatabaseWrapper): CheckMessage[] {
  const meta = model._meta;
  if (!meta.canMigrate || !meta.isSupportedBy(connection)) return [];
  const report = new Report(meta);
  const { features, alias } = connection;
  if (meta.dbTableComment !== "" && !features.supportsComments)
    report.warning("models.W046", `'${alias}' has no comments on tables, so dbTableComment is left out.`);
  for (const index of meta.indexes) checkIndex(index, connection, report);
  for (const constraint of meta.constraints) checkConstraint(constraint, connection, report);
  return [...report.messages, ...meta.localConcreteFields.flatMap((field) => checkFieldOn(field, connection))];
}

function checkFieldOn(field: Field, { vendor, features, alias }: DatabaseWrapper): CheckMessage[] {
  const report = new Report(field);
  const isLarge = field instanceof TextField || field instanceof BinaryField || field instanceof JSONField;
  if (vendor === "mysql" && (field.dbIndex || field.unique) && isLarge)
    report.warning(
      "fields.W162",
      `'${alias}' has no index on ${field.internalType} columns.`,
      "Give it a maxLength as a CharField, or no index.",
    );
  if (field.dbComment !== undefined && !features.supportsComments)
    report.warning("fields.W163", `'${alias}' has no comments on columns, so dbComment is left out.`);
  if (!(field instanceof GeneratedField)) return report.messages;
  const [isSupported, id, kind] = field.dbPersist
    ? ([features.supportsStoredGeneratedColumns, "fields.E222", "stored"] as const)
    : ([features.supportsVirtualGeneratedColumns, "fields.E221", "virtual"] as const);
  if (!isSupported)
    report.error(id, `'${alias}' has no ${kind} generated columns.`, `Set dbPersist to ${String(!field.dbPersist)}.`);
  return report.messages;
}

const LEFT_OUT = "It is left out there, so that nothing keeps the rule.";

/** Rules that are made all the same, without what is not known. */
const WITHOUT: ReadonlySet<string> = new Set(["models.W038", "models.W039"]);

function checkIndex(index: Index, { features, alias }: DatabaseWrapper, report: Report): void {
  const name = `The index '${index.name}'`;
  if (index.condition !== undefined && !features.supportsPartialIndexes)
    report.warning(
      "models.W037",
      `${name} has a condition, which '${alias}' does not know: it goes over all rows there.`,
    );
  if (index.include.length > 0 && !features.supportsCoveringIndexes)
    report.warning("models.W040", `${name} includes columns, which '${alias}' does not know.`);
  if (index.containsExpressions && !features.supportsExpressionIndexes)
    report.warning(
      "models.W043",
      `${name} is made of expressions, which '${alias}' does not know: it is left out there.`,
    );
}

function checkConstraint(constraint: Constraint, { features, alias }: DatabaseWrapper, report: Report): void {
  const name = `The constraint '${constraint.name}'`;
  if (constraint instanceof CheckConstraint && !features.supportsTableCheckConstraints)
    report.warning("models.W027", `${name} is a check, which '${alias}' does not know.`, LEFT_OUT);
  if (!(constraint instanceof UniqueConstraint)) return;
  for (const [asked, isSupported, id, what] of [
    [constraint.condition !== undefined, features.supportsPartialIndexes, "models.W036", "has a condition"],
    [constraint.deferrable !== undefined, features.supportsDeferrableUniqueConstraints, "models.W038", "is deferrable"],
    [constraint.include.length > 0, features.supportsCoveringIndexes, "models.W039", "includes columns"],
    [constraint.containsExpressions, features.supportsExpressionIndexes, "models.W044", "is made of expressions"],
    [
      constraint.nullsDistinct !== undefined,
      features.supportsNullsDistinctUniqueConstraints,
      "models.W047",
      "says whether nulls are distinct",
    ],
  ] as const)
    if (asked && !isSupported)
      report.warning(id, `${name} ${what}, which '${alias}' does not know.`, WITHOUT.has(id) ? undefined : LEFT_OUT);
}
