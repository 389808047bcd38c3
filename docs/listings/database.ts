// A database in memory for the listings of these pages. In a project, settings and migrations do what this file does.

import { schemaEditor } from "@tsgo/orm/schema";
import { configureSettings, isConfigured } from "tsgo/conf";
import { connections, type models } from "tsgo/db";

const REGISTER = Symbol.for("tsgo.model.register");

/** What the app registry calls when it meets a model in an application's `models` module. */
interface Registering {
  [REGISTER](app: { readonly label: string }): void;
}

/** Makes the models of an application known, as INSTALLED_APPS would. */
export function register(label: string, ...exported: readonly object[]): void {
  for (const model of exported) (model as Registering)[REGISTER]({ label });
}

/** Makes the models of an application known, and makes new tables for them. */
export async function setUp(label: string, ...exported: readonly object[]): Promise<void> {
  if (!isConfigured()) configureSettings({ DATABASES: { default: { ENGINE: "sqlite", NAME: ":memory:" } } });
  register(label, ...exported);
  // A database in memory ends with its connection, so this gives an empty one.
  await connections.closeAll();
  await schemaEditor(connections.get(), async (editor) => {
    for (const model of exported) await editor.createModel(model as models.ModelClass);
  });
}
