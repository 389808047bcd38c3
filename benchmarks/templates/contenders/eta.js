import { Eta } from "eta";
import { columns, fixed, join, layoutFoot, layoutHead, shorten, upper } from "../contender.js";
const library = new Eta({ autoEscape: true });
const page = `<% layout("@layout", { title: "Items" }) %><h1>Items of <%= it.user %></h1>
<ul>
<% for (let i = 0; i < it.items.length; i++) { const item = it.items[i]; %><li class="<% if (item.active) { %>active<% } else { %>idle<% } %>"><a href="/items/<%= item.id %>/"><%= i + 1 %>. <%= item.title %></a> <p><%= item.text %></p></li>
<% } %></ul>`;
library.loadTemplate(
  "@table",
  `<table><% for (const row of it.rows) { %><tr>${columns.map((c) => `<td><%= row.${c} %></td>`).join("")}</tr><% } %></table>`,
);
library.loadTemplate("@layout", `${layoutHead("<%= it.title %>")}<%~ it.body %>${layoutFoot}`);
library.loadTemplate("@page", page);
library.loadTemplate(
  "@list",
  `<% for (const item of it.items) { %><p><%= it.upper(item.title) %> <%= it.shorten(item.text, 40) %> <%= it.fixed(item.price) %> <%= it.join(item.tags) %></p><% } %>`,
);
const eta = {
  name: "eta",
  table: (rows) => library.render("@table", { rows }),
  page: (items, user) => library.render("@page", { items, user }),
  list: (items) => library.render("@list", { items, upper, shorten, fixed, join }),
  source: page,
  compile: (source) => library.compile(source),
  first: (source, items, user) => library.renderString(source, { items, user }),
};
export { eta };
