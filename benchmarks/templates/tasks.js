// What is measured, and how often in one turn.

import { rows, twelve, twoHundred, user } from "./data.js";

// Each source is compiled once in the life of a process. V8 remembers code that it compiled, so that one compiled again
// and again would cost next to nothing: each turn gets a text that was never seen before, in a place that is put out.
let seen = 0;
export const unseen = (page) => {
  seen += 1;
  return page.replace("<h1>", `<h1 id="h${seen}">`);
};

export const tasks = {
  table: { says: "1000 rows by 10 columns, escaped", run: (one) => one.table(rows), times: 20 },
  page: { says: "12 rows in a layout", run: (one) => one.page(twelve, user), times: 1000 },
  list: { says: "200 rows with four filters each", run: (one) => one.list(twoHundred), times: 50 },
  cold: {
    says: "source of the page to what renders it (liquidjs and tsgo read only, the others compile)",
    run: (one) => one.compile(unseen(one.source)),
    times: 50,
  },
  first: {
    says: "source of the page to its first output",
    run: (one) => one.first(unseen(one.source), twelve, user),
    times: 50,
  },
};
