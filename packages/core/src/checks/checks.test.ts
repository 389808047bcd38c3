import { beforeEach, describe, expect, test } from "vitest";

import { configureSettings, overrideSettings } from "../conf/index.ts";
import { isConfigured, type SettingsInput } from "../conf/settings.ts";
import builtin from "./builtin.ts";
import { CheckMessage, CheckRegistry, Critical, Debug, Error as CheckError, Info, Warning, levels } from "./index.ts";

// What a project is like that has nothing to be told about.
const SAFE: SettingsInput = {
  SECRET_KEY: "abcdefghij".repeat(5),
  ALLOWED_HOSTS: ["example.com"],
  MIDDLEWARE: [
    "tsgo/middleware/security:SecurityMiddleware",
    "tsgo/middleware/csrf:CsrfViewMiddleware",
    "tsgo/middleware/clickjacking:XFrameOptionsMiddleware",
  ],
  CSRF_COOKIE_SECURE: true,
  SESSION_COOKIE_SECURE: true,
  SECURE_HSTS_SECONDS: 3600,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: true,
  SECURE_HSTS_PRELOAD: true,
  SECURE_SSL_REDIRECT: true,
};

beforeEach(() => {
  if (!isConfigured()) configureSettings(SAFE);
});

async function idsWith(values: SettingsInput): Promise<string[]> {
  const registry = new CheckRegistry();
  for (const registration of builtin) registry.add(registration);
  const messages = await overrideSettings(values, () => registry.runChecks({ includeDeploymentChecks: true }));
  return messages.map(({ id }) => id);
}

const sessions = ["tsgo/contrib/sessions"];
const sessionMiddleware = [...(SAFE.MIDDLEWARE ?? []), "tsgo/contrib/sessions/middleware:SessionMiddleware"];

describe("check --deploy", () => {
  test("has nothing to say to a project that is ready for the world", async () => {
    expect(await idsWith({})).toEqual([]);
  });

  test.each<[string[], SettingsInput]>([
    [["security.W001", "security.W002", "security.W003"], { MIDDLEWARE: [] }],
    [["security.W004"], { SECURE_HSTS_SECONDS: 0 }],
    [["security.W005"], { SECURE_HSTS_INCLUDE_SUBDOMAINS: false }],
    [["security.W006"], { SECURE_CONTENT_TYPE_NOSNIFF: false }],
    [["security.W008"], { SECURE_SSL_REDIRECT: false }],
    [["security.W009"], { SECRET_KEY: "" }],
    [["security.W009"], { SECRET_KEY: "short" }],
    [["security.W009"], { SECRET_KEY: "aaaa".repeat(20) }],
    [["security.W010"], { INSTALLED_APPS: sessions, SESSION_COOKIE_SECURE: false }],
    [["security.W011"], { MIDDLEWARE: sessionMiddleware, SESSION_COOKIE_SECURE: false }],
    [["security.W012"], { INSTALLED_APPS: sessions, MIDDLEWARE: sessionMiddleware, SESSION_COOKIE_SECURE: false }],
    [["security.W013"], { INSTALLED_APPS: sessions, SESSION_COOKIE_HTTPONLY: false }],
    [["security.W014"], { MIDDLEWARE: sessionMiddleware, SESSION_COOKIE_HTTPONLY: false }],
    [["security.W015"], { INSTALLED_APPS: sessions, MIDDLEWARE: sessionMiddleware, SESSION_COOKIE_HTTPONLY: false }],
    [[], { SESSION_COOKIE_SECURE: false, SESSION_COOKIE_HTTPONLY: false }],
    [["security.W016"], { CSRF_COOKIE_SECURE: false }],
    [[], { CSRF_COOKIE_SECURE: false, CSRF_USE_SESSIONS: true }],
    [["security.W018"], { DEBUG: true }],
    [["security.W019"], { X_FRAME_OPTIONS: "SAMEORIGIN" }],
    [["security.W020"], { ALLOWED_HOSTS: [] }],
    [["tsgo.security.W001"], { ALLOWED_HOSTS: ["example.com", "*"] }],
    [["security.W021"], { SECURE_HSTS_PRELOAD: false }],
    [["security.W022"], { SECURE_REFERRER_POLICY: null }],
    [["security.E023"], { SECURE_REFERRER_POLICY: "same-origin, nonsense" }],
    [[], { SECURE_REFERRER_POLICY: ["no-referrer", "same-origin"] }],
    [["security.E024"], { SECURE_CROSS_ORIGIN_OPENER_POLICY: "nonsense" }],
    [[], { SECURE_CROSS_ORIGIN_OPENER_POLICY: null }],
    [["security.W025"], { SECRET_KEY_FALLBACKS: ["abcdefghij".repeat(5), "short"] }],
    [["files.E001"], { FILE_UPLOAD_TEMP_DIR: "/no/such/folder" }],
  ])("says %j for %j", async (ids, values) => {
    expect(await idsWith(values)).toEqual(ids);
  });
});

function warn(id: string): () => Warning[] {
  return () => [new Warning(id, { id })];
}

describe("the registry", () => {
  test("runs checks by tag, and those of databases only when asked", async () => {
    const registry = new CheckRegistry();
    const models = warn("models");
    registry.register(models, "models");
    registry.register(models, "models");
    registry.register(warn("db"), "database", "models");
    registry.registerDeployment(warn("deploy"), "security");
    const ids = async (options: Parameters<CheckRegistry["runChecks"]>[0]) =>
      (await registry.runChecks(options)).map(({ id }) => id);
    expect(await ids({})).toEqual(["models"]);
    expect(await ids({ tags: ["database"] })).toEqual(["db"]);
    expect(await ids({ includeDeploymentChecks: true })).toEqual(["models", "deploy"]);
    expect(registry.tagsAvailable()).toEqual(["database", "models"]);
    await expect(ids({ tags: ["modles"] })).rejects.toThrow("Did you mean 'models'?");
    await expect(ids({ tags: ["security"] })).rejects.toThrow("no system check with the tag 'security'");
  });

  test("runs what takes long only with --deploy, or asked for by tag", async () => {
    const registry = new CheckRegistry();
    registry.add({ check: warn("thorough"), tags: ["templates"], thorough: true });
    expect(await registry.runChecks()).toEqual([]);
    expect(await registry.runChecks({ tags: ["templates"] })).toHaveLength(1);
    expect(await registry.runChecks({ includeDeploymentChecks: true })).toHaveLength(1);
    expect(await registry.runChecks({ includeDeploymentChecks: true, tags: ["models"] }).catch(String)).toContain(
      "'models'",
    );
  });

  test("runs what is only for those who ask when it is asked for", async () => {
    const registry = new CheckRegistry();
    registry.add({ check: warn("asked"), tags: ["models"], onlyWhenAsked: true });
    expect(await registry.runChecks()).toEqual([]);
    expect(await registry.runChecks({ asked: true })).toHaveLength(1);
    expect(await registry.runChecks({ tags: ["models"] })).toHaveLength(1);
  });

  test("awaits checks, and tells them what to look at", async () => {
    const registry = new CheckRegistry();
    registry.register(async ({ databases }) => Promise.resolve([new Info(String(databases))]), "models");
    expect((await registry.runChecks({ databases: ["other"] })).map(({ msg }) => msg)).toEqual(["other"]);
  });
});

test("a message shows what it is about, its id and what to do", () => {
  const message = new CheckError("It is broken.", {
    obj: { label: "polls.Question" },
    id: "polls.E001",
    hint: "Mend it.",
  });
  expect(message.toString()).toBe("polls.Question: (polls.E001) It is broken.\n\tHINT: Mend it.");
  expect(new CheckMessage(levels.INFO, "Well.").toString()).toBe("?: Well.");
});

test("errors and worse are serious", () => {
  const classes = [Debug, Info, Warning, CheckError, Critical];
  expect(classes.map((Message) => new Message("x").isSerious())).toEqual([false, false, false, true, true]);
  expect(new Warning("x").isSerious(levels.WARNING)).toBe(true);
});
