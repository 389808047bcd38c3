// A database of PostgreSQL for the listings that are about it; where no server answers they are not run.

import { schemaEditor } from "@tsgo/orm/schema";
import { configureSettings, isConfigured } from "tsgo/conf";
import { PostgresConfig } from "tsgo/contrib/postgres/apps";
import { connections, createConnection, type models } from "tsgo/db";

const SERVER = { ENGINE: "postgresql", NAME: "postgres", HOST: "127.0.0.1", PORT: 5432, USER: "postgres" };

/** Whether a server answers. With TSGO_TEST_REQUIRE_SERVICES=1 there must be one. */
export async function answers(): Promise<boolean> {
  if (process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1") return true;
  const probe = createConnection("probe", SERVER);
  try {
    await probe.execute("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await probe.close();
  }
}

const REGISTER = Symbol.for("tsgo.model.register");

/** Makes an empty database with extensions and the tables of models. What it returns takes the database away. */
export async function setUp(extensions: readonly string[], ...exported: readonly object[]): Promise<AsyncDisposable> {
  if (!isConfigured()) configureSettings({});
  new PostgresConfig("tsgo/contrib/postgres", "").register();
  const name = `tsgo_docs_${process.pid}`;
  const admin = createConnection("admin", SERVER);
  await admin.execute(`DROP DATABASE IF EXISTS ${name}`);
  await admin.execute(`CREATE DATABASE ${name}`);
  connections.configure({ default: { ...SERVER, NAME: name } });
  for (const extension of extensions) await connections.get().execute(`CREATE EXTENSION ${extension}`);
  for (const model of exported)
    (model as { [REGISTER](app: { readonly label: string }): void })[REGISTER]({ label: "extras" });
  await schemaEditor(connections.get(), async (editor) => {
    for (const model of exported) await editor.createModel(model as models.ModelClass);
  });
  return {
    async [Symbol.asyncDispose]() {
      await connections.closeAll();
      connections.configure(undefined);
      await admin.execute(`DROP DATABASE ${name}`);
      await admin.close();
    },
  };
}
