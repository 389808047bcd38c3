import { expect, test } from "vitest";

import { IntegerField } from "../fields/numbers.ts";
import { CharField } from "../fields/text.ts";
import { AddField } from "./operations/add-field.ts";
import { AlterField } from "./operations/alter-field.ts";
import { CreateModel } from "./operations/create-model.ts";
import { DeleteModel } from "./operations/delete-model.ts";
import type { Operation } from "./operations/operation.ts";
import { RemoveField } from "./operations/remove-field.ts";
import { RenameField } from "./operations/rename-field.ts";
import { RenameModel } from "./operations/rename-model.ts";
import { RunSQL } from "./operations/run-sql.ts";
import { optimizeOperations } from "./optimizer.ts";

const create = new CreateModel({ name: "A", fields: { x: new CharField({ maxLength: 5 }) } });
const add = new AddField({ modelName: "A", name: "y", field: new IntegerField() });

function optimized(...operations: Operation[]): string[] {
  return optimizeOperations(operations, "blog").map((operation) => operation.describe());
}

test("a field that is added to a new model is made with it", () => {
  const [made] = optimizeOperations([create, add], "blog");
  expect([...(made as CreateModel).fields.keys()]).toEqual(["x", "y"]);
});

test("what is made and dropped again is nothing", () => {
  expect(optimized(create, add, new DeleteModel({ name: "A" }))).toEqual([]);
  expect(optimized(add, new RemoveField({ modelName: "A", name: "y" }))).toEqual([]);
});

test("a field that is altered or renamed after it was added is added as it ends", () => {
  const altered = new AlterField({ modelName: "A", name: "y", field: new IntegerField({ null: true }) });
  const renamed = new RenameField({ modelName: "A", oldName: "y", newName: "z" });
  expect(optimized(add, altered, renamed)).toEqual(["Add field z to A"]);
});

test("two renamings are one", () => {
  const [first, second] = [
    new RenameModel({ oldName: "A", newName: "B" }),
    new RenameModel({ oldName: "B", newName: "C" }),
  ];
  expect(optimized(first, second)).toEqual(["Rename model A to C"]);
});

test("nothing moves past SQL of which nobody knows what it does, unless it may be left out", () => {
  expect(optimized(create, new RunSQL({ sql: "SELECT 1" }), add)).toHaveLength(3);
  expect(optimized(create, new RunSQL({ sql: "SELECT 1", elidable: true }), add)).toEqual(["Create model A"]);
});

test("what concerns another model is no hindrance", () => {
  const other = new CreateModel({ name: "B", fields: {} });
  expect(optimized(create, other, add)).toEqual(["Create model B", "Create model A"]);
});
