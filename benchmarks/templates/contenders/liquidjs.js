import { Liquid } from "liquidjs";
import { columns, fixed, layoutFoot, layoutHead, shorten } from "../contender.js";
const page = `{% layout "layout" %}{% block title %}Items{% endblock %}{% block content %}<h1>Items of {{ user }}</h1>
<ul>
{% for item in items %}<li class="{% if item.active %}active{% else %}idle{% endif %}"><a href="/items/{{ item.id }}/">{{ forloop.index }}. {{ item.title }}</a> <p>{{ item.text }}</p></li>
{% endfor %}</ul>{% endblock %}`;
const engine = new Liquid({
  outputEscape: "escape",
  cache: true,
  templates: {
    layout: `${layoutHead("{% block title %}{% endblock %}")}{% block content %}{% endblock %}${layoutFoot}`,
  },
});
engine.registerFilter("shorten", shorten);
engine.registerFilter("fixed", fixed);
const table = engine.parse(
  `<table>{% for row in rows %}<tr>${columns.map((c) => `<td>{{ row.${c} }}</td>`).join("")}</tr>{% endfor %}</table>`,
);
const compiledPage = engine.parse(page);
const list = engine.parse(
  `{% for item in items %}<p>{{ item.title | upcase }} {{ item.text | shorten: 40 }} {{ item.price | fixed }} {{ item.tags | join: ", " }}</p>{% endfor %}`,
);
const liquidjs = {
  name: "liquidjs",
  table: (rows) => engine.renderSync(table, { rows }),
  page: (items, user) => engine.renderSync(compiledPage, { items, user }),
  list: (items) => engine.renderSync(list, { items }),
  source: page,
  // It interprets: to parse is all that there is to compile.
  compile: (source) => engine.parse(source),
  first: (source, items, user) => engine.renderSync(engine.parse(source), { items, user }),
};
export { liquidjs };
