import nunjucksLibrary from "nunjucks";
import { columns, fixed, layoutFoot, layoutHead, shorten } from "../contender.js";
const page = `{% extends "layout" %}{% block title %}Items{% endblock %}{% block content %}<h1>Items of {{ user }}</h1>
<ul>
{% for item in items %}<li class="{% if item.active %}active{% else %}idle{% endif %}"><a href="/items/{{ item.id }}/">{{ loop.index }}. {{ item.title }}</a> <p>{{ item.text }}</p></li>
{% endfor %}</ul>{% endblock %}`;
const sources = {
  table: `<table>{% for row in rows %}<tr>${columns.map((c) => `<td>{{ row.${c} }}</td>`).join("")}</tr>{% endfor %}</table>`,
  layout: `${layoutHead("{% block title %}{% endblock %}")}{% block content %}{% endblock %}${layoutFoot}`,
  page,
  list: `{% for item in items %}<p>{{ item.title|upper }} {{ item.text|shorten(40) }} {{ item.price|fixed }} {{ item.tags|join(", ") }}</p>{% endfor %}`,
};
const loader = {
  getSource: (name) => ({ src: sources[name] ?? "", path: name, noCache: false }),
};
const env = new nunjucksLibrary.Environment(loader, { autoescape: true });
env.addFilter("shorten", shorten);
env.addFilter("fixed", fixed);
const nunjucks = {
  name: "nunjucks",
  table: (rows) => env.render("table", { rows }),
  page: (items, user) => env.render("page", { items, user }),
  list: (items) => env.render("list", { items }),
  source: page,
  compile: (source) => new nunjucksLibrary.Template(source, env, "page", true),
  first: (source, items, user) => new nunjucksLibrary.Template(source, env, "page", true).render({ items, user }),
};
export { nunjucks };
