// What users get as `models`: fields, the class that models extend, querysets, expressions, constraints.

export {
  Aggregate,
  AnyValue,
  Avg,
  Count,
  Max,
  Min,
  StdDev,
  StringAgg,
  Sum,
  Variance,
} from "../expressions/aggregate.ts";
export type { AggregateOptions } from "../expressions/aggregate.ts";
export { Case, Collate, ExpressionWrapper, RawSQL, When } from "../expressions/conditional.ts";
export { CombinedExpression, Expression, OrderBy, Value } from "../expressions/expression.ts";
export { FilteredRelation } from "../expressions/filtered-relation.ts";
export { Func, type FuncArgument, type FuncOptions } from "../expressions/func.ts";
export { OpClass } from "../expressions/op-class.ts";
export { Q } from "../expressions/q.ts";
export { F, OuterRef } from "../expressions/references.ts";
export { Exists, Subquery } from "../expressions/subquery.ts";
export { type Frame, RowRange, ValueRange, Window } from "../expressions/window.ts";
export type { FetchMode } from "../fetch-modes.ts";
export { FETCH_ONE, FETCH_PEERS, RAISE } from "../fetch-modes.ts";
export { Field, type FieldOptions } from "../fields/field.ts";
export { FieldFile, type FileValue, NoFileError } from "../fields/field-file.ts";
export { type ImageDimensions, ImageFieldFile } from "../fields/images.ts";
export type { CharFieldOptions } from "../fields/text.ts";
export { type Enumeration, integerChoices, textChoices } from "../fields/enumerations.ts";
export * from "../fields/factories.ts";
export { fieldFactory } from "../fields/field-factory.ts";
export { DATABASE_DEFAULT, NOT_PROVIDED } from "../fields/not-provided.ts";
export * from "../functions/index.ts";
export * as lookups from "../lookups/index.ts";
export { Lookup } from "../lookups/lookup.ts";
export { JSONNull, KT } from "../lookups/json.ts";
export { type LookupEntry, registerLookup, unregisterLookup } from "../lookups/registry.ts";
export { Transform } from "../lookups/transform.ts";
export type {
  Instance,
  InstanceBase,
  Meta,
  ModelConstructor,
  ModelFactory,
  RelatedObject,
  SaveOptions,
} from "../types/models.ts";
export type { Manager as TypedManager, ManyRelatedManager, RelatedManager } from "../types/managers.ts";
export type { Annotations, LookupsFor } from "../types/paths.ts";
export type { Condition, QuerySet as TypedQuerySet } from "../types/querysets.ts";
export type { CreateInput, PartialInput } from "../types/rows.ts";
export type { SqlCompiler } from "../query/compiler/compiler.ts";
export type { Sql } from "../query/sql.ts";
export type { KEY, LOOKUPS, TypedField, ValueOf } from "../types/fields.ts";
export type {
  AnyLookups,
  DateLookups,
  DateTimeLookups,
  NumberLookups,
  OrderLookups,
  TextLookups,
} from "../types/lookups.ts";
export type { FieldFactory, MadeField } from "../types/factories.ts";
export { CheckConstraint } from "./constraints/check.ts";
export {
  type Conflicts,
  Constraint,
  type ConstraintContext,
  type ConstraintOptions,
} from "./constraints/constraint.ts";
export { UniqueConstraint } from "./constraints/unique.ts";
export { Model } from "./declare.ts";
export { defineModel } from "./define.ts";
export { FieldFetchBlocked } from "./fetch-blocked.ts";
export { type DeconstructedPart, Index, type IndexOptions } from "./indexes.ts";
export { Manager, QuerySet } from "./faces.ts";
export { ModelBase, type ModelClass } from "./model.ts";
export {
  CASCADE,
  DB_CASCADE,
  DB_SET_DEFAULT,
  DB_SET_NULL,
  DO_NOTHING,
  type OnDelete,
  PROTECT,
  ProtectedError,
  RESTRICT,
  RestrictedError,
  SET,
  SET_DEFAULT,
  SET_NULL,
} from "./on-delete.ts";
export type { AnyField, Options } from "./options.ts";
export { Prefetch } from "./prefetch.ts";
export { RelatedObjectDoesNotExist } from "./related/errors.ts";
export { type MigrateEvent, postMigrate, preMigrate } from "../signals/migrations.ts";
export { classPrepared, m2mChanged, postDelete, postInit, postSave, preDelete, preInit, preSave } from "./signals.ts";
