import type { Field } from "../../fields/field.ts";
import type { ModelClass } from "../../models/model.ts";
import { localField } from "../../schema/columns.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import { ModelOptionOperation } from "./model-option-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";

/** The name of the field that keeps a row's place among its siblings. */
const ORDER_FIELD = "_order";

/** Lets the rows of a model have an order for each row that a foreign key refers to; null takes the order away. */
export class AlterOrderWithRespectTo extends ModelOptionOperation {
  readonly orderWithRespectTo: string | null;

  constructor(options: { readonly name: string; readonly orderWithRespectTo: string | null }) {
    super(options.name);
    this.orderWithRespectTo = options.orderWithRespectTo;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    const value = this.orderWithRespectTo;
    return state.alterOptions(appLabel, this.modelName, value === null ? {} : { orderWithRespectTo: value }, [
      "orderWithRespectTo",
    ]);
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    const newModel = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(newModel)) return;
    const oldModel = from.modelClass(appLabel, this.modelName);
    const had = oldModel._meta.orderWithRespectToName !== undefined;
    const has = newModel._meta.orderWithRespectToName !== undefined;
    if (had && !has) await editor.removeField(oldModel, localField(oldModel, ORDER_FIELD));
    if (has && !had) await editor.addField(oldModel, orderFieldOf(newModel));
  }

  override databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    return this.databaseForwards(appLabel, editor, from, to);
  }

  override referencesField(modelName: string, fieldName: string): boolean {
    return this.isAbout(modelName) && (this.orderWithRespectTo === null || this.orderWithRespectTo === fieldName);
  }

  override describe(): string {
    return `Set orderWithRespectTo on ${this.modelName} to ${this.orderWithRespectTo ?? "nothing"}`;
  }

  override get nameFragment(): string {
    return `alter_${this.modelName.toLowerCase()}_order_with_respect_to`;
  }

  override deconstruct(): DeconstructedOperation {
    const { modelName: name, orderWithRespectTo } = this;
    return { name: "AlterOrderWithRespectTo", options: { name, orderWithRespectTo } };
  }
}

/** The field of the order with a default: the rows that are there already all get place 0. */
function orderFieldOf(model: ModelClass): Field {
  const field = localField(model, ORDER_FIELD).clone({ default: 0 });
  field.setAttributesFromName(ORDER_FIELD);
  field.model = model;
  return field;
}
