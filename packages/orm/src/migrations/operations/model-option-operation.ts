import { DeleteModel } from "./delete-model.ts";
import { NamedModelOperation } from "./named-model-operation.ts";
import type { Operation, Reduction } from "./operation.ts";

/** The parent of the operations that set an option of a model: a later one, or the end of the model, makes it void. */
export abstract class ModelOptionOperation extends NamedModelOperation {
  override readonly sign = "~";

  override reduce(other: Operation, appLabel: string): Reduction {
    const overridden =
      (other.constructor === this.constructor || other instanceof DeleteModel) &&
      other instanceof NamedModelOperation &&
      other.isAbout(this.modelName);
    return overridden ? [other] : super.reduce(other, appLabel);
  }
}
