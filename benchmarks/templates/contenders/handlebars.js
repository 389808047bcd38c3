import library from "handlebars";
import { columns, fixed, join, layoutFoot, layoutHead, shorten, upper } from "../contender.js";
const env = library.create();
const page = `{{#> layout title="Items"}}<h1>Items of {{user}}</h1>
<ul>
{{#each items}}<li class="{{#if active}}active{{else}}idle{{/if}}"><a href="/items/{{id}}/">{{inc @index}}. {{title}}</a> <p>{{text}}</p></li>
{{/each}}</ul>{{/layout}}`;
env.registerPartial("layout", `${layoutHead("{{title}}")}{{> @partial-block}}${layoutFoot}`);
env.registerHelper("inc", (index) => index + 1);
env.registerHelper("upper", upper);
env.registerHelper("shorten", (text, count) => shorten(text, count));
env.registerHelper("fixed", fixed);
env.registerHelper("join", join);
const table = env.compile(
  `<table>{{#each rows}}<tr>${columns.map((c) => `<td>{{${c}}}</td>`).join("")}</tr>{{/each}}</table>`,
);
const compiledPage = env.compile(page);
const list = env.compile(
  `{{#each items}}<p>{{upper title}} {{shorten text 40}} {{fixed price}} {{join tags}}</p>{{/each}}`,
);
const handlebars = {
  name: "handlebars",
  table: (rows) => table({ rows }),
  page: (items, user) => compiledPage({ items, user }),
  list: (items) => list({ items }),
  // Handlebars compiles when a template is first run; its compiler is called here.
  source: page,
  compile: (source) => env.template(new Function(`return ${String(env.precompile(source))}`)()),
  first: (source, items, user) => env.compile(source)({ items, user }),
};
export { handlebars };
