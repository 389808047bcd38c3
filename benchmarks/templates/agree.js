// Engines that do not put out the same do not do the same work.

import { rows, twelve, twoHundred, user } from "./data.js";
import { unseen } from "./tasks.js";

// Engines write quotes and apostrophes in ways of their own, and space between tags where their syntax needs a line.
const normalize = (html) =>
  html
    .replaceAll(/&#(?:34|x22);/g, "&quot;")
    .replaceAll(/&#(?:39|x27);/g, "&apos;")
    .replaceAll("&#x3D;", "=")
    .replaceAll("&#x2F;", "/")
    .replace(/<h1 id="h\d+">/, "<h1>")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?(<[^>]*>) ?/g, "$1");

const outputs = {
  table: (one) => one.table(rows),
  page: (one) => one.page(twelve, user),
  list: (one) => one.list(twoHundred),
  first: (one) => one.first(unseen(one.source), twelve, user),
};

/** Throws where an engine's output differs from that of the first in more than spelling. */
export function checkAgreement(contenders) {
  for (const [task, output] of Object.entries(outputs)) {
    const [expected, ...others] = contenders.map((one) => ({ name: one.name, html: normalize(output(one)) }));
    for (const { name, html } of others) {
      if (html === expected.html) continue;
      const at = [...html].findIndex((character, index) => character !== expected.html[index]);
      const near = (text) => text.slice(Math.max(0, at - 40), at + 40);
      throw new Error(`${task}: ${name} differs from ${expected.name}:\n  ${near(html)}\n  ${near(expected.html)}`);
    }
  }
}
