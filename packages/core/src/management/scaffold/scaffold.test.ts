import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { parse } from "dotenv";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { setProjectRoot } from "../../loading/project-root.ts";
import { tempProject } from "../../testdata/temp-project.ts";
import { OutputRecorder, callCommand } from "../index.ts";

let folder: string;

beforeEach(() => {
  folder = tempProject();
  setProjectRoot(folder);
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});

async function start(command: "startproject" | "startapp", ...args: string[]): Promise<string> {
  const stdout = new OutputRecorder();
  await callCommand(command, ...args, { stdout });
  return stdout.text;
}

function tree(root: string, path = ""): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => (entry.isDirectory() ? tree(root, join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

describe("startproject", () => {
  test("makes the files of a project", async () => {
    await start("startproject", "mysite");
    expect(tree(join(folder, "mysite"))).toEqual([
      ".env",
      ".gitignore",
      "manage.js",
      "mysite/settings.ts",
      "mysite/urls.ts",
      "mysite/wsgi.ts",
      "package.json",
      "tsconfig.json",
    ]);
    expect(readFileSync(join(folder, "mysite/manage.js"), "utf8")).toContain('"mysite/settings"');
    for (const file of tree(join(folder, "mysite")))
      expect(`${file}: ${readFileSync(join(folder, "mysite", file), "utf8")}`).not.toMatch(/\{\{ \w+ \}\}/);
    expect(statSync(join(folder, "mysite/manage.js")).mode & 0o100).toBe(0o100);
    expect(readdirSync(folder)).toEqual(["mysite"]);
  });

  test("links what the project needs to the checkout, and says so", async () => {
    const said = await start("startproject", "mysite");
    expect(readlinkSync(join(folder, "mysite/node_modules/tsgo"))).toMatch(/packages[\\/]tsgo$/);
    expect(existsSync(join(folder, "mysite/node_modules/typescript/package.json"))).toBe(true);
    expect(existsSync(join(folder, "mysite/node_modules/@types/node/package.json"))).toBe(true);
    expect(said).toMatch(/links to the checkout.*\nNext: cd mysite && node manage runserver\n/);
  });

  test("writes into a folder that exists, beside what is there", async () => {
    mkdirSync(join(folder, "site"));
    writeFileSync(join(folder, "site/README.md"), "mine");
    await start("startproject", "mysite", "site");
    expect(tree(join(folder, "site"))).toContain("mysite/settings.ts");
    expect(readFileSync(join(folder, "site/README.md"), "utf8")).toBe("mine");
  });

  test("makes another key for every project", async () => {
    await start("startproject", "one");
    await start("startproject", "two");
    const keys = ["one", "two"].map((name) => parse(readFileSync(join(folder, name, ".env")))["SECRET_KEY"]);
    expect(keys[0]).toHaveLength(50);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test("refuses a folder that is there already, and one that is not there", async () => {
    mkdirSync(join(folder, "mysite"));
    await expect(start("startproject", "mysite")).rejects.toThrow("already exists");
    await expect(start("startproject", "shop", "nowhere")).rejects.toThrow("does not exist. Make it first.");
    expect(readdirSync(folder)).toEqual(["mysite"]);
    expect(readdirSync(join(folder, "mysite"))).toEqual([]);
  });

  test("leaves nothing behind where it cannot write", async () => {
    mkdirSync(join(folder, "site"));
    writeFileSync(join(folder, "site/mysite"), "a file where a folder should be");
    await expect(start("startproject", "mysite", "site")).rejects.toThrow("is not a folder");
    expect(readdirSync(join(folder, "site"))).toEqual(["mysite"]);
  });
});

describe("startapp", () => {
  test("makes the files of an application", async () => {
    await start("startapp", "blog_posts");
    expect(tree(join(folder, "blog_posts"))).toEqual(["apps.ts", "migrations/.gitkeep", "models.ts", "views.ts"]);
    const apps = readFileSync(join(folder, "blog_posts/apps.ts"), "utf8");
    expect(apps).toContain("class BlogPostsConfig");
    expect(apps).toContain('"Blog Posts"');
  });

  test("refuses the name of what the project has already", async () => {
    writeFileSync(join(folder, "tasks.ts"), "");
    mkdirSync(join(folder, "assets"));
    await expect(start("startapp", "tasks")).rejects.toThrow("conflicts with the name of an existing module");
    await expect(start("startapp", "assets")).rejects.toThrow("conflicts with the name of an existing module");
    await expect(start("startapp", "typescript")).rejects.toThrow("conflicts with the name of an existing module");
    await expect(start("startapp", "http")).rejects.toThrow("conflicts with the name of a module of Node");
  });

  test("wants a folder with a name that an application can have", async () => {
    mkdirSync(join(folder, "my-app"));
    await expect(start("startapp", "polls", "my-app")).rejects.toThrow("'my-app' is not a valid application directory");
    expect(readdirSync(join(folder, "my-app"))).toEqual([]);
  });
});

describe("--template", () => {
  test("copies a folder of one's own, with placeholders in the files that are asked for", async () => {
    const own = tempProject({
      "project_name/settings.ts": "// {{ project_name }} {{ unknown }} {% block %}",
      "page.html": "{{ project_name }}",
      Makefile: "run: {{ project_name }}",
      "models.ts-tpl": "{{ camel_case_project_name }}",
      _env: "A=1",
      ".git/config": "hidden",
      "docs/guide.md": "",
    });
    await start("startproject", "mysite", "--template", own, "-n", "Makefile", "-x", "docs,.git");
    const read = (file: string): string => readFileSync(join(folder, "mysite", file), "utf8");
    expect(tree(join(folder, "mysite"))).toEqual([".env", "Makefile", "models.ts", "mysite/settings.ts", "page.html"]);
    expect(read("mysite/settings.ts")).toBe("// mysite {{ unknown }} {% block %}");
    expect(read("page.html")).toBe("{{ project_name }}");
    expect(read("Makefile")).toBe("run: mysite");
    expect(read("models.ts")).toBe("Mysite");
  });

  test.each([
    ["nowhere", "There is no template folder 'nowhere'"],
    ["https://example.com/t.zip", "download 'https://example.com/t.zip' and unpack it first"],
    ["{{ secret_key }}", "There is no template folder"],
    ["`${1}`\"'", "There is no template folder"],
  ])("refuses %j", async (given, message) => {
    await expect(start("startproject", "mysite", "--template", given)).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  // Archives are refused as such, whatever is in them: unpacking is left to tools made for it.
  const archives = ["evil.tar", "evil.tgz", "evil.tar.gz", "evil.zip"];

  test.each(archives)("CVE-2025-59682: no archive is unpacked, so none can leave the target (%s)", async (name) => {
    const archive = join(tempProject({ "target-evil/file.ts": "evil" }), name);
    writeFileSync(archive, tarOf("../target-evil/file.ts"));
    await expect(start("startproject", "target", "--template", archive)).rejects.toThrow("Unpack an archive first");
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(["../evil.ts", "/tmp/evil.ts", "a/../../evil.ts", "..\\evil.ts", "C:evil.ts"])(
    "CVE-2021-3281: an archive with %j is refused whole",
    async (entry) => {
      const archive = join(tempProject({}), "evil.tar");
      writeFileSync(archive, tarOf(entry));
      await expect(start("startproject", "mysite", "--template", archive)).rejects.toThrow("takes a folder");
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test("CVE-2021-3281: a link in a template brings nothing in and leads nothing out", async () => {
    const secret = tempProject({ "secret.ts": "secret" });
    for (const target of [secret, join(secret, "secret.ts"), "/nowhere"]) {
      const own = tempProject({ "a.ts": "" });
      symlinkSync(target, join(own, "link"));
      await expect(start("startproject", "mysite", "--template", own)).rejects.toThrow("is a link and not a file");
      expect(readdirSync(folder)).toEqual([]);
    }
    expect(tree(secret)).toEqual(["secret.ts"]);
  });
});

function tarOf(name: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\0", 100);
  header.write("00000000004\0", 124);
  header.write("0", 156);
  return Buffer.concat([header, Buffer.from("evil"), Buffer.alloc(508 + 1024)]);
}

describe("NODE-70: a name that cannot be one is refused with the rule, and nothing is written", () => {
  // One name a line would be a page.
  const names = [
    "../x /tmp/x a/b a\\b con NUL constructor __proto__ class node:fs fs test tsgo x;touch`pwned $(x) naïve 1a -x node_modules".split(
      " ",
    ),
    ["", " ", "a b", "a\n", "x;touch pwned", "a".repeat(300)],
  ].flat();

  test.each(names)("startproject and startapp %j", async (name) => {
    for (const command of ["startproject", "startapp"] as const)
      await expect(start(command, "--", name)).rejects.toMatchObject({ name: "CommandError" });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("an existing file or link in the target is never overwritten", async () => {
    const outside = tempProject();
    mkdirSync(join(folder, "site"));
    symlinkSync(outside, join(folder, "site/mysite"));
    await expect(start("startproject", "mysite", "site")).rejects.toThrow("is not a folder");
    expect(readdirSync(outside)).toEqual([]);

    symlinkSync(join(outside, "pwned"), join(folder, "site/manage.js"));
    await expect(start("startproject", "other", "site")).rejects.toThrow("Nothing is replaced");
    expect(readdirSync(outside)).toEqual([]);
    expect(readdirSync(join(folder, "site")).sort()).toEqual(["manage.js", "mysite"]);

    symlinkSync(join(outside, "nowhere"), join(folder, "shop"));
    await expect(start("startproject", "shop")).rejects.toThrow("already exists");
    expect(lstatSync(join(folder, "shop")).isSymbolicLink()).toBe(true);
  });

  test("what a template's files hold is text, also where it looks like a placeholder's value", async () => {
    const own = tempProject({ "a.ts": "`${1}` $& $1 {{ project_name }} '{{ secret_key }}'" });
    await start("startproject", "mysite", "--template", own);
    const text = readFileSync(join(folder, "mysite/a.ts"), "utf8");
    expect(text.startsWith("`${1}` $& $1 mysite '")).toBe(true);
    expect(text).not.toContain("secret_key");
  });
});

test("NODE-46: the key of a new project is not made by Math.random or the clock", async () => {
  vi.spyOn(Math, "random").mockImplementation(() => {
    throw new Error("predictable");
  });
  vi.spyOn(Date, "now").mockReturnValue(0);
  const keys = new Set<string | undefined>();
  for (const name of ["a", "b", "c", "d", "e"]) {
    await start("startproject", name);
    keys.add(parse(readFileSync(join(folder, name, ".env")))["SECRET_KEY"]);
  }
  expect(keys.size).toBe(5);
  vi.restoreAllMocks();
});

test("NODE-63: the .env of a new project is for its owner alone, not under version control, and reads back equal", async () => {
  await start("startproject", "mysite");
  const file = join(folder, "mysite/.env");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, "mysite/.gitignore"), "utf8").split("\n")).toContain(".env");
  expect(parse(readFileSync(file))["DEBUG"]).toBe("true");
});
