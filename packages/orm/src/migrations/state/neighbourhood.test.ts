import { expect, test } from "vitest";

import { BigAutoField } from "../../fields/auto.ts";
import type { Field } from "../../fields/field.ts";
import { ForeignKey, OneToOneField } from "../../fields/foreign-key.ts";
import { ManyToManyField } from "../../fields/many-to-many.ts";
import { CASCADE } from "../../models/on-delete.ts";
import { ModelState } from "./model-state.ts";
import { neighbourhood } from "./neighbourhood.ts";
import { ProjectState } from "./project-state.ts";

const to = (target: string): Field => new ForeignKey(target, { onDelete: CASCADE });

function model(name: string, fields: Readonly<Record<string, Field>> = {}, parts: object = {}): ModelState {
  const all = { id: new BigAutoField({ primaryKey: true }), ...fields };
  return new ModelState({ appLabel: "blog", name, fields: new Map(Object.entries(all)), ...parts });
}

const swap = (setting: string): string | undefined => (setting === "AUTH_USER_MODEL" ? "blog.User" : undefined);

function near(name: string, ...models: ModelState[]): string[] {
  const state = ProjectState.of(models);
  return [...neighbourhood({ models: state.models, swap }, `blog.${name}`)].map((key) => key.slice(5)).toSorted();
}

test("what a model refers to is near, and what refers to it with its other targets, and nothing further off", () => {
  const models = [
    model("Far"),
    model("Target", { far: to("blog.Far") }),
    model("Middle", { target: to("Target") }),
    model("Other", { far: to("blog.Far") }),
    model("Referrer", { middle: to("blog.Middle"), other: to("blog.Other") }),
    model("Further", { referrer: to("blog.Referrer") }),
  ];
  expect(near("middle", ...models)).toEqual(["middle", "other", "referrer", "target"]);
});

test("keys that are keys themselves lead on, since their types come from there", () => {
  const links = { id: new OneToOneField("blog.First", { onDelete: CASCADE, primaryKey: true }) };
  const models = [model("First"), model("Second", links), model("Third", { second: to("blog.Second") })];
  expect(near("third", ...models)).toEqual(["first", "second", "third"]);
});

test("parents, proxies, link models and settings are seen through", () => {
  expect(near("child", model("Parent"), model("Child", {}, { bases: ["blog.Parent"] }))).toEqual(["child", "parent"]);
  const proxy = model("Proxy", {}, { bases: ["blog.User"], options: { proxy: true } });
  expect(near("user", model("User"), proxy, model("Post", { by: to("blog.Proxy") }))).toEqual([
    "post",
    "proxy",
    "user",
  ]);
  expect(near("user", model("User"), model("Post", { by: to("AUTH_USER_MODEL") }))).toEqual(["post", "user"]);
  const through = new ManyToManyField("blog.Tag", { through: "blog.Tagging" });
  const tagging = model("Tagging", { post: to("blog.Post"), tag: to("blog.Tag"), by: to("blog.User") });
  expect(near("post", model("User"), model("Tag"), tagging, model("Post", { tags: through }))).toEqual([
    "post",
    "tag",
    "tagging",
    "user",
  ]);
});

test("a program finds all models, though a change of tables makes few", () => {
  const state = ProjectState.of([model("One"), model("Two")]);
  expect(state.modelClass("blog", "One")._meta.registry.getModels()).toHaveLength(1);
  expect(state.apps.getModels()).toHaveLength(2);
  expect(state.modelClass("blog", "One")).toBe(state.apps.getModel("blog", "One"));
});
