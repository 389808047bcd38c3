import { Operation, type Reduction } from "./operation.ts";

/** The parent of the operations on a whole model. */
export abstract class NamedModelOperation extends Operation {
  /** The model, in the spelling of the one who wrote the migration. */
  readonly modelName: string;

  constructor(modelName: string) {
    super();
    this.modelName = modelName;
  }

  /** Whether the operation is about the model of that name. */
  isAbout(modelName: string): boolean {
    return this.modelName.toLowerCase() === modelName.toLowerCase();
  }

  override referencesModel(name: string, _appLabel: string): boolean {
    return this.isAbout(name);
  }

  override reduce(other: Operation, appLabel: string): Reduction {
    return super.reduce(other, appLabel) || this.canReduceThrough(other, appLabel);
  }

  /** Whether `other` may be moved in front of this operation. */
  protected canReduceThrough(other: Operation, appLabel: string): boolean {
    return !other.referencesModel(this.modelName, appLabel);
  }
}
