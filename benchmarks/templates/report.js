const BASE = "nunjucks";
const COMPARED = ["tsgo", "eta"];

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** Medians, and the medians of the ratios within each round: noise that comes and goes falls on both sides of those. */
export function summarize(times) {
  const engines = {};
  const ofEta = {};
  const [ours, theirs] = COMPARED;
  for (const [task, byEngine] of times) {
    const base = byEngine.get(BASE);
    for (const [name, list] of byEngine) {
      const ratio = median(list.map((time, round) => base[round] / time));
      engines[name] = { ...engines[name], [task]: { time: round(median(list), 1), ratio: round(ratio, 2) } };
    }
    ofEta[task] = round(median(byEngine.get(ours).map((time, at) => byEngine.get(theirs)[at] / time)), 2);
  }
  return { engines, tsgoOfEta: ofEta };
}

const round = (number, places) => Number(number.toFixed(places));

const line = (head, cells) => console.log([head.padEnd(16), ...cells.map((cell) => cell.padStart(17))].join(""));

/** Prints what `summarize` gives. */
export function printTable({ engines, tsgoOfEta }, tasks, rounds) {
  const columns = Object.keys(tasks);
  console.log(`microseconds (and times as fast as ${BASE}), medians of ${rounds} rounds, Node ${process.version}\n`);
  line("", columns);
  for (const [name, results] of Object.entries(engines)) {
    line(
      name,
      columns.map((task) => `${results[task].time.toFixed(1)} (${results[task].ratio.toFixed(2)})`),
    );
  }
  line(
    "tsgo / eta",
    columns.map((task) => tsgoOfEta[task].toFixed(2)),
  );
  console.log();
  for (const [task, { says }] of Object.entries(tasks)) console.log(`${task.padEnd(8)}${says}`);
}
