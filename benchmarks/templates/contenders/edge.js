import { Edge } from "edge.js";
import { columns, fixed, join, layoutFoot, layoutHead, shorten, upper } from "../contender.js";
const edge = Edge.create({ cache: true });
const page = [
  `@component("layout", { title: "Items" })`,
  `<h1>Items of {{ user }}</h1>`,
  `<ul>`,
  `@each((item, i) in items)`,
  `<li class="{{ item.active ? "active" : "idle" }}"><a href="/items/{{ item.id }}/">{{ i + 1 }}. {{ item.title }}</a> <p>{{ item.text }}</p></li>`,
  `@end`,
  `</ul>`,
  `@end`,
].join("\n");
edge.registerTemplate("layout", {
  template: `${layoutHead("{{ title }}")}{{{ await $slots.main() }}}${layoutFoot}`.replace("await ", ""),
});
edge.registerTemplate("page", { template: page });
edge.registerTemplate("table", {
  template: [
    `<table>`,
    `@each(row in rows)`,
    `<tr>${columns.map((c) => `<td>{{ row.${c} }}</td>`).join("")}</tr>`,
    `@end`,
    `</table>`,
  ].join("\n"),
});
edge.registerTemplate("list", {
  template: [
    `@each(item in items)`,
    `<p>{{ upper(item.title) }} {{ shorten(item.text, 40) }} {{ fixed(item.price) }} {{ join(item.tags) }}</p>`,
    `@end`,
  ].join("\n"),
});
let count = 0;
// Its compiler keeps what it has compiled by name.
const withTemplate = (source, use) => {
  count += 1;
  const name = `cold${count}`;
  edge.registerTemplate(name, { template: source });
  const result = use(name);
  edge.removeTemplate(name);
  return result;
};
const edgejs = {
  name: "edge.js",
  table: (rows) => edge.renderSync("table", { rows }),
  page: (items, user) => edge.renderSync("page", { items, user }),
  list: (items) => edge.renderSync("list", { items, upper, shorten, fixed, join }),
  source: page,
  compile: (source) => withTemplate(source, (name) => edge.compiler.compile(name)),
  first: (source, items, user) => withTemplate(source, (name) => edge.renderSync(name, { items, user })),
};
export { edgejs };
