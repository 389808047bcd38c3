import { beforeEach, describe, expect, test } from "vitest";

import { setProjectRoot } from "../loading/project-root.ts";
import { tempProject } from "../testdata/temp-project.ts";
import { Apps } from "./registry.ts";

const CORE = new URL("./app-config.ts", import.meta.url).href;
const LOG = "globalThis.log ??= [];";

declare global {
  var log: string[];
}

function project(files: Record<string, string>): Apps {
  setProjectRoot(tempProject(files));
  return new Apps();
}

function configModule(body: string): string {
  return `import { AppConfig } from "${CORE}";\n${body}\n`;
}

beforeEach(() => {
  globalThis.log = [];
});

describe("an application", () => {
  test("without a configuration is named by its folder", async () => {
    const apps = project({ "blog_posts/views.ts": "" });
    await apps.populate(["blog_posts"]);
    const config = apps.getAppConfig("blog_posts");
    expect([config.name, config.label, config.verboseName]).toEqual(["blog_posts", "blog_posts", "Blog Posts"]);
    expect(config.path).toMatch(/blog_posts$/);
    expect(apps.isInstalled("blog_posts")).toBe(true);
  });

  test("takes the only class of its apps module, or the one marked as the default", async () => {
    const apps = project({
      "one/apps.ts": configModule(`export class OneConfig extends AppConfig { verboseName = "Just one"; }`),
      "two/apps.ts": configModule(
        `export class A extends AppConfig {}\nexport class B extends AppConfig { static default = true; label = "b"; }`,
      ),
    });
    await apps.populate(["one", "two"]);
    expect(apps.getAppConfig("one").verboseName).toBe("Just one");
    expect(apps.getAppConfig("b").name).toBe("two");
  });

  test("can be named by its class", async () => {
    const apps = project({
      "polls/apps.ts": configModule(
        `export class A extends AppConfig {}\nexport class B extends AppConfig { label = "votes"; }`,
      ),
    });
    await apps.populate(["polls/apps:B"]);
    expect(apps.getAppConfig("votes").name).toBe("polls");
  });

  test("lives through register, models, ready and shutDown, all of one moment before the next", async () => {
    const life = (name: string) =>
      configModule(`${LOG}
        export class C extends AppConfig {
          register() { log.push("register ${name}"); }
          async ready() { await null; log.push("ready ${name}"); }
          shutDown() { log.push("end ${name}"); }
        }`);
    const apps = project({
      "a/apps.ts": life("a"),
      "a/models.ts": `${LOG} log.push("models a");`,
      "b/apps.ts": life("b"),
      "b/models.ts": `${LOG} log.push("models b");`,
    });
    await apps.populate(["a", "b"]);
    await apps.shutDown();
    expect(globalThis.log).toEqual([
      ...["register", "models", "ready"].flatMap((moment) => [`${moment} a`, `${moment} b`]),
      "end b",
      "end a",
    ]);
    expect(apps.ready).toBe(false);
  });
});

describe("models", () => {
  const models = `
    class Base { static [Symbol.for("tsgo.model.register")](config) { log.push(config.label + "." + this.name); } }
    export class Question extends Base {}
    export const notAModel = {}; export function helper() {}
  `;

  test("are told the application that exports them", async () => {
    const apps = project({ "polls/models.ts": models });
    await apps.populate(["polls"]);
    expect(globalThis.log).toEqual(["polls.Question"]);
  });

  test("are found by label and name, case aside", async () => {
    const apps = project({ "polls/views.ts": "" });
    const Question = class Question extends Map {};
    apps.registerModel("polls", "Question", Question);
    await apps.populate(["polls"]);
    expect(apps.getModel("polls.question")).toBe(Question);
    expect(apps.getModel("polls", "QUESTION")).toBe(Question);
    expect(apps.getModels()).toEqual([Question]);
    expect(() => apps.getModel("polls.Questoin")).toThrow("Did you mean 'Question'?");
    expect(() => apps.getModel("pols.Question")).toThrow("Did you mean 'polls'?");
  });

  test("of one application must differ in their names", () => {
    const apps = new Apps();
    const First = class extends Map {};
    apps.registerModel("polls", "Question", First);
    apps.registerModel("polls", "Question", First);
    expect(() => {
      apps.registerModel("polls", "question", class extends Map {});
    }).toThrow("two models named 'question'");
  });
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
  "NODE-04: %s is no application and no model",
  async (name) => {
    const apps = project({ "polls/views.ts": "" });
    await apps.populate(["polls"]);
    expect(() => apps.getAppConfig(name)).toThrow(`no installed application with the label '${name}'`);
    expect(() => apps.getModel("polls", name)).toThrow(`has no model named '${name}'`);
    expect(apps.isInstalled(name)).toBe(false);
    expect(apps.findRegisteredModel(name, name)).toBeUndefined();
  },
);

describe("populate refuses", () => {
  test.each([
    [["polls", "polls"], "INSTALLED_APPS[1]: the application 'polls' is installed already"],
    [["polls", "other/polls"], "INSTALLED_APPS[1]: the label 'polls' of 'other/polls' is that of 'polls' already"],
    [["polls", "pols"], "INSTALLED_APPS[1]: There is no application 'pols'"],
    [["pols"], "Did you mean 'polls'?"],
    [["my-app"], "The label 'my-app' of the application 'my-app' is not an identifier"],
    [["polls/apps:Missing"], "has no export 'Missing'"],
    [["polls/apps:NoConfig"], "is not a class that extends AppConfig"],
    [["../polls"], "There is no application '../polls'"],
  ])("%j", async (installed, message) => {
    const apps = project({
      "polls/apps.ts": "export class NoConfig {}",
      "other/polls/views.ts": "",
      "my-app/views.ts": "",
    });
    await expect(apps.populate(installed)).rejects.toThrow(message);
    expect(() => apps.getAppConfigs()).toThrow("not loaded yet");
  });

  test("two classes marked as the default", async () => {
    const apps = project({
      "polls/apps.ts": configModule(
        `export class A extends AppConfig { static default = true }\nexport class B extends AppConfig { static default = true }`,
      ),
    });
    await expect(apps.populate(["polls"])).rejects.toThrow("several classes as the default: A, B");
  });

  test("to be called by what it loads, and can be called again after a failure", async () => {
    const apps = project({
      "polls/apps.ts": configModule("export class C extends AppConfig { ready() { return again(); } }"),
    });
    Object.assign(globalThis, { again: () => apps.populate(["polls"]) });
    await expect(apps.populate(["polls"])).rejects.toThrow(
      "setup() was called by a module that setup() itself is loading",
    );
    Object.assign(globalThis, { again: () => undefined });
    await apps.populate(["polls"]);
    expect(apps.ready).toBe(true);
  });
});

test("the registry says when it is asked too early", () => {
  const apps = new Apps();
  expect(() => apps.getAppConfigs()).toThrow("The applications are not loaded yet. Call `await setup()` first.");
  expect(() => apps.getModels()).toThrow("The models are not loaded yet");
});
