import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { expect, test, vi } from "vitest";

import { announce } from "./announce.ts";

test("the day begins at hour 00", async () => {
  if (!isConfigured()) configureSettings({});
  vi.useFakeTimers({ now: new Date(2026, 10, 29, 0, 5, 1), toFake: ["Date"] });
  const lines: string[] = [];
  const output = { write: (line: string) => lines.push(line) };
  await announce(
    { stdout: output, stderr: output, style: { notice: String } } as never,
    { host: "127.0.0.1", port: 8080 } as never,
  );
  vi.useRealTimers();
  expect(lines[0]).toBe("November 29, 2026 at 00:05:01");
});
