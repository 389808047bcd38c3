import { beforeEach, describe, expect, test } from "vitest";

import { configureSettings, overrideSettings } from "../conf/index.ts";
import { isConfigured } from "../conf/settings.ts";
import { setProjectRoot } from "../loading/project-root.ts";
import { tempProject } from "../testdata/temp-project.ts";
import { ConsoleHandler, type LogRecord, configureLogging, escapeControl, formatRecord, getLogger } from "./index.ts";

beforeEach(() => {
  if (!isConfigured()) configureSettings();
});

function listen(name: string, level?: "DEBUG" | "INFO"): LogRecord[] {
  const records: LogRecord[] = [];
  getLogger(name).configure({ level, propagate: false, handlers: [{ emit: (record) => records.push(record) }] });
  return records;
}

describe("a logger", () => {
  test("is the same for the same name", () => {
    expect(getLogger("a.b")).toBe(getLogger("a.b"));
  });

  test("takes its level from the one above, and is heard there", async () => {
    await configureLogging({});
    const records = listen("shop", "INFO");
    getLogger("shop.orders.paid").info("yes");
    getLogger("shop.orders.paid").debug("no");
    getLogger("shopping").configure({ propagate: false });
    getLogger("shopping").error("elsewhere");
    expect(records.map(({ name, level, message }) => [name, level, message])).toEqual([
      ["shop.orders.paid", "INFO", "yes"],
    ]);
  });

  test("is not heard above where it does not propagate", () => {
    const above = listen("quiet", "DEBUG");
    getLogger("quiet.inner").configure({ level: "DEBUG", propagate: false });
    getLogger("quiet.inner").error("unheard");
    expect(above).toEqual([]);
  });
});

describe("configureLogging", () => {
  test("lets tsgo say warnings, and with DEBUG what happens", async () => {
    await configureLogging({});
    expect(getLogger("tsgo.request").isEnabledFor("WARNING")).toBe(true);
    expect(getLogger("tsgo.request").isEnabledFor("INFO")).toBe(false);
    await overrideSettings({ DEBUG: true }, () => configureLogging({}));
    expect(getLogger("tsgo.request").isEnabledFor("INFO")).toBe(true);
  });

  test("takes levels and handlers from LOGGING", async () => {
    setProjectRoot(
      tempProject({
        "mysite/logging.ts": `
          export class Recorder {
            constructor(options) { this.sink = globalThis[options.sink] = []; }
            emit(record) { this.sink.push(record.message); }
          }`,
      }),
    );
    await configureLogging({
      handlers: { memory: { class: "mysite/logging:Recorder", level: "ERROR", options: { sink: "logged" } } },
      loggers: { "tsgo.request": { level: "DEBUG", handlers: ["memory"], propagate: false } },
    });
    getLogger("tsgo.request").info("passed over");
    getLogger("tsgo.request").error("kept");
    expect((globalThis as { logged?: unknown }).logged).toEqual(["kept"]);
  });

  test("names what it cannot find", async () => {
    await expect(configureLogging({ loggers: { tsgo: { handlers: ["consol"] } } })).rejects.toThrow(
      "the logger 'tsgo' names no handler with 'consol'. Did you mean 'console'?",
    );
    await expect(configureLogging({ handlers: { file: { class: "nope:X" } } })).rejects.toThrow(
      "LOGGING.handlers.file.class: There is no module 'nope'",
    );
  });
});

describe("a line of the log", () => {
  const record = { name: "tsgo.request", level: "WARNING", time: new Date(0), fields: {} } as const;

  test("says when, how bad, where and what", () => {
    expect(formatRecord({ ...record, message: "Not Found: /x" })).toBe(
      "[1970-01-01T00:00:00.000Z] WARNING tsgo.request: Not Found: /x",
    );
  });

  test("cannot be broken, faked or coloured by what is in the message", () => {
    const message = "/x\r\n[fake] ERROR\u001B[31m\u0000\u009B\u2028\u202E";
    expect(formatRecord({ ...record, message })).toContain(escapeControl(message));
    expect(escapeControl(message)).toBe("/x\\r\\n[fake] ERROR\\x1b[31m\\x00\\x9b\\u2028\\u202e");
    expect(escapeControl("Grüße, 世界 🎉")).toBe("Grüße, 世界 🎉");
  });

  test("is followed by the error, set in, its message escaped", () => {
    const error = new Error("bad \u001B[31m thing\n[fake] line");
    const lines = formatRecord({ ...record, message: "failed", fields: { error } }).split("\n");
    expect(lines[1]).toBe("  Error: bad \\x1b[31m thing");
    expect(lines.slice(1).every((line) => line.startsWith("  "))).toBe(true);
  });

  test("is written by the console handler", () => {
    let text = "";
    new ConsoleHandler({ stream: { write: (line) => (text += line) } }).emit({ ...record, message: "m" });
    expect(text).toBe("[1970-01-01T00:00:00.000Z] WARNING tsgo.request: m\n");
  });
});
