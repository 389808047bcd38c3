import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test, vi } from "vitest";

import { Supervisor } from "./supervisor.ts";
import { workerEnvironment } from "./worker.ts";
import { PATIENCE } from "../testdata/patience.ts";

async function supervise(greeting: string) {
  const folder = mkdtempSync(join(tmpdir(), "tsgo-reload-"));
  const file = join(folder, "greeting");
  writeFileSync(file, greeting);
  const entry = {
    module: fileURLToPath(new URL("testdata/greeting-worker.ts", import.meta.url)),
    options: {
      execArgv: ["--conditions=@tsgo/source", "--import", "tsx"],
      env: { ...process.env, ...workerEnvironment },
    },
  };
  const supervisor = new Supervisor(entry);
  onTestFinished(() => {
    supervisor.close();
    rmSync(folder, { recursive: true });
  });
  const port = await supervisor.listen({ host: "127.0.0.1", port: 0 });
  const get = async (path = "/") => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { supervisor, start: () => supervisor.start([file]), get, save: (text: string) => writeFileSync(file, text) };
}

test("serves what was saved last, and refuses no connection while it changes hands", async () => {
  const { supervisor, start, get, save } = await supervise("one");
  start();
  expect((await get()).text).toMatch(/^one from/);
  save("two");
  supervisor.restart();
  const answers = await Promise.all(Array.from({ length: 20 }, () => get()));
  expect(answers.filter(({ text }) => !text.startsWith("two from"))).toEqual([]);
});

test("hands a restart to a process that waits for it", async () => {
  const { supervisor, start, get } = await supervise("one");
  start();
  const first = Number((await get()).text.split(" ").at(-1));
  await vi.waitUntil(() => supervisor.pids.length === 2, PATIENCE);
  const spare = supervisor.pids.find((pid) => pid !== first);
  supervisor.restart();
  expect((await get()).text).toBe(`one from ${spare}`);
});

test("answers while the project cannot start, and heals with the next version", async () => {
  const { supervisor, start, get, save } = await supervise("crash");
  start();
  expect(await get()).toMatchObject({ status: 503, text: expect.stringContaining("terminal") });
  expect(await get()).toMatchObject({ status: 503 });
  save("fine");
  supervisor.restart();
  expect((await get()).text).toMatch(/^fine from/);
});

test("replaces a worker that ended while it served", async () => {
  const { start, get } = await supervise("one");
  start();
  await expect(get("/exit")).rejects.toThrow("fetch failed");
  const next = await vi.waitUntil(() => get().catch(() => undefined), PATIENCE);
  expect(next?.text).toMatch(/^one from/);
});

test("passes on what a running worker can see to by itself", async () => {
  const { supervisor, start, get } = await supervise("one");
  start();
  await get();
  supervisor.notify("/templates/a.html");
  await vi.waitFor(async () => expect((await get("/notified")).text).toBe("/templates/a.html"), PATIENCE);
});

test("leaves no process behind", async () => {
  const { supervisor, start, get } = await supervise("one");
  start();
  await get();
  await vi.waitUntil(() => supervisor.pids.length === 2, PATIENCE);
  const { pids } = supervisor;
  supervisor.close();
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), PATIENCE);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
