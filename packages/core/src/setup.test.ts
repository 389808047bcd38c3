import { expect, test } from "vitest";

import { configureSettings, overrideSettings } from "./conf/index.ts";
import { loadedExport, setProjectRoot } from "./loading/index.ts";
import { setup, shutDown } from "./setup.ts";
import { tempProject } from "./testdata/temp-project.ts";

async function startWith(...routers: readonly string[]): Promise<void> {
  await overrideSettings({ DATABASE_ROUTERS: routers }, async () => {
    await setup();
    await shutDown();
  });
}

test("what chooses databases is loaded at the start, and one that is not there is named by its place", async () => {
  setProjectRoot(tempProject({ "shop/routers.js": "export const replica = { dbForRead: () => 'replica' };" }));
  configureSettings({});
  await startWith("shop/routers:replica");
  expect(loadedExport("shop/routers:replica")).toMatchObject({ dbForRead: expect.any(Function) as unknown });
  await expect(startWith("shop/routers:replica", "shop/routers:replcia")).rejects.toThrow(
    "DATABASE_ROUTERS[1]: The module 'shop/routers' has no export 'replcia'. Did you mean 'replica'?",
  );
  await expect(startWith("shop/rooters:replica")).rejects.toThrow("DATABASE_ROUTERS[0]: There is no module");
});
