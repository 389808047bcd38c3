import { Operation } from "./operation.ts";

/** The parent of the operations on an index or a constraint. */
export abstract class IndexOperation extends Operation {
  readonly modelName: string;

  constructor(modelName: string) {
    super();
    this.modelName = modelName;
  }

  isAboutModel(name: string): boolean {
    return this.modelName.toLowerCase() === name.toLowerCase();
  }
}
