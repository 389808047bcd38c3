import library from "ejs";
import { columns, fixed, join, layoutFoot, layoutHead, shorten, upper } from "../contender.js";
const page = `<%- include("head", { title: "Items" }) %><h1>Items of <%= user %></h1>
<ul>
<% items.forEach((item, i) => { %><li class="<% if (item.active) { %>active<% } else { %>idle<% } %>"><a href="/items/<%= item.id %>/"><%= i + 1 %>. <%= item.title %></a> <p><%= item.text %></p></li>
<% }) %></ul><%- include("foot") %>`;
const parts = {
  head: library.compile(layoutHead("<%= title %>"), { client: true }),
  foot: library.compile(layoutFoot, { client: true }),
};
const include = (name, values) => parts[name]?.(values ?? {}) ?? "";
const table = library.compile(
  `<table><% for (const row of rows) { %><tr>${columns.map((c) => `<td><%= row.${c} %></td>`).join("")}</tr><% } %></table>`,
);
const compiledPage = library.compile(page, { client: true });
const list = library.compile(
  `<% for (const item of items) { %><p><%= upper(item.title) %> <%= shorten(item.text, 40) %> <%= fixed(item.price) %> <%= join(item.tags) %></p><% } %>`,
);
const ejs = {
  name: "ejs",
  table: (rows) => table({ rows }),
  page: (items, user) => compiledPage({ items, user }, void 0, include),
  list: (items) => list({ items, upper, shorten, fixed, join }),
  source: page,
  compile: (source) => library.compile(source, { client: true }),
  first: (source, items, user) => library.compile(source, { client: true })({ items, user }, undefined, include),
};
export { ejs };
