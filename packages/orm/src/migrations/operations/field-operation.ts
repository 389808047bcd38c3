import type { Field } from "../../fields/field.ts";
import { fieldReferences } from "../state/field-references.ts";
import { modelKey } from "../state/model-key.ts";
import { DeleteModel } from "./delete-model.ts";
import { Operation, type Reduction } from "./operation.ts";

/** The parent of the operations on one field. */
export abstract class FieldOperation extends Operation {
  readonly modelName: string;
  /** The field's name before the operation. */
  readonly name: string;
  /** The field as it will be, where the operation brings one. */
  readonly field: Field | undefined;

  constructor(modelName: string, name: string, field?: Field) {
    super();
    this.modelName = modelName;
    this.name = name;
    this.field = field;
  }

  isAboutModel(name: string): boolean {
    return this.modelName.toLowerCase() === name.toLowerCase();
  }

  isSameModel(other: FieldOperation): boolean {
    return this.isAboutModel(other.modelName);
  }

  isSameField(other: FieldOperation): boolean {
    return this.isSameModel(other) && this.name === other.name;
  }

  override referencesModel(name: string, appLabel: string): boolean {
    if (this.isAboutModel(name)) return true;
    if (this.field === undefined) return false;
    return fieldReferences(this.field, modelKey(appLabel, this.modelName), modelKey(appLabel, name)) !== undefined;
  }

  override referencesField(modelName: string, fieldName: string, appLabel: string): boolean {
    if (this.isAboutModel(modelName) && this.name === fieldName) return true;
    if (this.field === undefined) return false;
    const [from, target] = [modelKey(appLabel, this.modelName), modelKey(appLabel, modelName)];
    return fieldReferences(this.field, from, target, { name: fieldName }) !== undefined;
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    return super.reduce(other, appLabel) || !other.referencesField(this.modelName, this.name, appLabel);
  }
}

/** Whether an operation drops the model of a field operation. */
export function deletesModelOf(operation: FieldOperation, other: Operation): boolean {
  return other instanceof DeleteModel && other.isAbout(operation.modelName);
}
