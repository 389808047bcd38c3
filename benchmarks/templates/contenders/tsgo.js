import { configureSettings } from "@tsgo/core/conf";
import { Engine } from "@tsgo/template";
import { LocmemLoader, CachedLoader } from "@tsgo/template/loaders";
import { columns, layoutFoot, layoutHead } from "../contender.js";
const page = `{% extends "layout" %}{% block title %}Items{% endblock %}{% block content %}<h1>Items of {{ user }}</h1>
<ul>
{% for item in items %}<li class="{% if item.active %}active{% else %}idle{% endif %}"><a href="/items/{{ item.id }}/">{{ forloop.counter }}. {{ item.title }}</a> <p>{{ item.text }}</p></li>
{% endfor %}</ul>{% endblock %}`;
const sources = {
  table: `<table>{% for row in rows %}<tr>${columns.map((c) => `<td>{{ row.${c} }}</td>`).join("")}</tr>{% endfor %}</table>`,
  layout: `${layoutHead("{% block title %}{% endblock %}")}{% block content %}{% endblock %}${layoutFoot}`,
  page,
  list: `{% for item in items %}<p>{{ item.title|upper }} {{ item.text|truncatechars:40 }} {{ item.price|floatformat:2 }} {{ item.tags|join:", " }}</p>{% endfor %}`,
};
configureSettings();
const engine = new Engine({ loaders: [new CachedLoader([new LocmemLoader(sources)])] });
const render = (name, values) => engine.renderToString(name, values);
const tsgo = {
  name: "tsgo",
  table: (rows) => render("table", { rows }),
  page: (items, user) => render("page", { items, user }),
  list: (items) => render("list", { items }),
  source: page,
  // It walks through a new template, and compiles one that is put out more often.
  compile: (source) => engine.fromString(source),
  first: (source, items, user) => engine.fromString(source).render({ items, user }),
};
export { tsgo };
