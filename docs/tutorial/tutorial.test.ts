// Does what the tutorial tells, from its first command to its last, in an empty folder.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { tutorialPages } from "../../scripts/tutorial-pages.ts";
import { type Step, play } from "../../scripts/tutorial.ts";

const folder = mkdtempSync(join(tmpdir(), "tsgo-tutorial-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tutorial leads where it says", { timeout: 180_000 }, async () => {
  const steps: Step[] = [];
  await play(tutorialPages(), folder, { onStep: (step) => steps.push(step) });
  expect(steps.length).toBeGreaterThan(20);
});
