// Signals of models. A receiver gets one object.

import { Signal } from "@tsgo/core/signals";

import type { ModelBase, ModelClass } from "./model.ts";

/** What every signal of models tells. */
export interface Sent {
  readonly sender: ModelClass;
}

export interface InitPayload extends Sent {
  readonly values: Readonly<Record<string, unknown>>;
}

export interface InstancePayload extends Sent {
  readonly instance: ModelBase;
}

export interface SavePayload extends InstancePayload {
  /** The values are written as they are, by loaddata. */
  readonly raw: boolean;
  readonly using: string;
  readonly updateFields: ReadonlySet<string> | undefined;
}

export interface PostSavePayload extends SavePayload {
  readonly created: boolean;
}

export interface DeletePayload extends InstancePayload {
  readonly using: string;
  /** What was deleted in the beginning: an instance or a queryset. */
  readonly origin: unknown;
}

/** What happens to the rows of a many-to-many relation. */
export type M2mAction = "preAdd" | "postAdd" | "preRemove" | "postRemove" | "preClear" | "postClear";

export interface M2mPayload {
  /** The model of the link table. */
  readonly sender: ModelClass;
  readonly action: M2mAction;
  readonly instance: ModelBase;
  /** The change was made from the other side. */
  readonly reverse: boolean;
  readonly model: ModelClass;
  readonly pkSet: ReadonlySet<unknown> | undefined;
  readonly using: string;
}

/** When a model has been put together: its fields and options are there, models that it refers to may not be. */
export const classPrepared: Signal<Sent> = new Signal();
/** Before a new instance takes its values. */
export const preInit: Signal<InitPayload> = new Signal();
/** When a new instance has its values. */
export const postInit: Signal<InstancePayload> = new Signal();
/** Before a row is written. */
export const preSave: Signal<SavePayload> = new Signal();
/** When a row was written. */
export const postSave: Signal<PostSavePayload> = new Signal();
/** Before a row is deleted. */
export const preDelete: Signal<DeletePayload> = new Signal();
/** When a row was deleted. */
export const postDelete: Signal<DeletePayload> = new Signal();
/** Around changes of a many-to-many relation. */
export const m2mChanged: Signal<M2mPayload> = new Signal();
