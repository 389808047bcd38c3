// What a server calls for every request. It serves both of these:
//   http.createServer(application)
//   application.fetch(new Request("http://localhost/"))
import { getWsgiApplication } from "tsgo/wsgi";

process.env["TSGO_SETTINGS_MODULE"] ??= "{{ project_name }}/settings";

export const application = await getWsgiApplication();
