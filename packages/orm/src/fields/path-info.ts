import type { Options } from "../models/options.ts";
import type { Field } from "./field.ts";
import type { Relation } from "./relation.ts";
import type { RelationField } from "./relation-field.ts";

/** One step from a table to the next along a relation. Many-to-many relations take two. */
export interface PathInfo {
  readonly from: Options;
  readonly to: Options;
  /** The fields on the far side that the near side's columns equal. */
  readonly targetFields: readonly Field[];
  /** What the step follows: the field, or its reverse. It knows the columns to join on. */
  readonly joinField: RelationField | Relation;
  /** The step may lead to several rows. */
  readonly manyValued: boolean;
  /** The step goes from the field's own model to its target. */
  readonly direct: boolean;
}

/** A pair of fields whose columns a join compares: near side and far side. */
export type JoiningFields = readonly [near: Field, far: Field];
