// What goes into `create`, `update` and the constructor of a model.

import type { Expression } from "../expressions/expression.ts";
import type {
  FieldsOf,
  HasAutomaticKey,
  IsOptional,
  KeyOf,
  NullOf,
  PlainNames,
  TargetOf,
  ToOneNames,
  ValueOf,
} from "./fields.ts";
import type { InputOf } from "./lookups.ts";

type Required<F, Names extends keyof F> = { [K in Names]: IsOptional<F[K]> extends true ? never : K }[Names];
type Optional<F, Names extends keyof F> = { [K in Names]: IsOptional<F[K]> extends true ? K : never }[Names];

type PlainInput<F> = {
  [K in Required<F, PlainNames<F>>]: InputOf<ValueOf<F[K]>> | Expression;
} & {
  [K in Optional<F, PlainNames<F>>]?: InputOf<ValueOf<F[K]>> | Expression;
};

// A required foreign key is given as the row or as its key, and as one of them.
type RequiredKey<F, K extends keyof F & string> =
  | ({ [P in K]: TargetOf<F[K]> } & { [P in `${K}Id`]?: never })
  | ({ [P in `${K}Id`]: KeyOf<TargetOf<F[K]>> } & { [P in K]?: never });

type RequiredKeys<F> = [Required<F, ToOneNames<F>>] extends [never]
  ? object
  : { [K in Required<F, ToOneNames<F>>]: (input: RequiredKey<F, K>) => void }[Required<F, ToOneNames<F>>] extends (
        input: infer I,
      ) => void
    ? I
    : never;

type OptionalKeys<F> = {
  [K in Optional<F, ToOneNames<F>>]?: TargetOf<F[K]> | NullOf<F[K]>;
} & {
  [K in Optional<F, ToOneNames<F>> as `${K}Id`]?: KeyOf<TargetOf<F[K]>> | NullOf<F[K]>;
};

type KeyInput<M> = HasAutomaticKey<FieldsOf<M>> extends true ? { id?: KeyOf<M>; pk?: KeyOf<M> } : { pk?: KeyOf<M> };

/** What `create()` needs: every field that is neither null nor has a default. */
export type CreateInput<M> = PlainInput<FieldsOf<M>> &
  RequiredKeys<FieldsOf<M>> &
  OptionalKeys<FieldsOf<M>> &
  KeyInput<M>;

/** What a constructor, `update()` and defaults take: any of the fields. */
export type PartialInput<M> = {
  [K in PlainNames<FieldsOf<M>>]?: InputOf<ValueOf<FieldsOf<M>[K]>> | Expression;
} & {
  [K in ToOneNames<FieldsOf<M>>]?: TargetOf<FieldsOf<M>[K]> | NullOf<FieldsOf<M>[K]> | Expression;
} & {
  [K in ToOneNames<FieldsOf<M>> as `${K}Id`]?: KeyOf<TargetOf<FieldsOf<M>[K]>> | NullOf<FieldsOf<M>[K]>;
} & KeyInput<M>;
