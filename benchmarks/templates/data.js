// What the templates are rendered with.

export const rows = Array.from({ length: 1000 }, (_, i) => ({
  a: i,
  b: `cell ${i}`,
  c: `<b>${i}</b>`,
  d: "plain",
  e: `x & y ${i}`,
  f: i * 1.5,
  g: "text",
  h: `"${i}"`,
  i: "last but one",
  j: i % 7,
}));

const makeItems = (length) =>
  Array.from({ length }, (_, id) => ({
    id,
    title: `Item number ${id} & more`,
    text: "Some text that goes on for a while, <i>as texts do</i>, and ends here.",
    price: id * 1.37,
    tags: ["red", "green", "blue"],
    active: id % 3 === 0,
  }));

export const twelve = makeItems(12);
export const twoHundred = makeItems(200);
export const user = "Ada <Lovelace>";
