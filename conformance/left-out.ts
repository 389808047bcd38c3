// The only place where single cases are left out. Each entry says why tsgo answers otherwise on purpose.

/** Ids of cases of the ORM that a database cannot give, with the reason. */
export const impossibleOn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mariadb: {
    "transaction-40a227ab": "inserts a row before the one that it refers to; InnoDB checks foreign keys at once",
  },
};

/** Ids of cases by topic, with the reason. "It is hard" is none. */
export const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  queries: {
    "basics-7755ad79": "inBulk() after values(), which Django 5.2 refused and Django 6.1 allows; tsgo has it as in 6.1",
  },
  http: {
    "own:utils.http.content_disposition_header:3c5fb18b":
      "the recorded value has a line break in it, which would end the header; here the name is percent-encoded (decision 0302)",
    "suite:utils.http.parse_http_date:parsing_rfc850~2":
      "recorded under the clock of 2019, which the case does not carry; a year of two digits depends on it",
    "suite:utils.http.parse_http_date:parsing_rfc850~5":
      "recorded under the clock of 2020, which the case does not carry; a year of two digits depends on it",
    "suite:utils.http.urlencode:generator~2": "the recorded text is the repr of a Python range",
    "own:http.HttpResponse.set_cookie:1b669262":
      "browsers drop a __Host- cookie that is not secure, so setting one is an error here (decision 0301, threat NODE-49)",
  },
  model_fields: {
    "field:CharField:max_length=None":
      "recorded for MariaDB is the Python None in the type; here a text without a length has 255 characters, which the system checks point at",
    "field:CharField:max_length=10,db_collation=C":
      "the name of a collation is quoted on every database here, so that it can be any name",
    "field:TextField:db_collation=C":
      "the name of a collation is quoted on every database here, so that it can be any name",
    "operators:mysql":
      "texts are compared under a collation that is named, since the recorded LIKE leaves case to the one of the column",
  },
  settings: {
    LOGGING_CONFIG: "names the function of Python's that reads LOGGING; tsgo reads it itself",
    TEST_RUNNER: "Vitest runs the tests (DESIGN, section 6), and is set up in its own file",
  },
  templates: {
    "own:for:68c3f3d5": "recorded before Django had forloop.length, which the language has here",
    "suite:url:url_namespace01":
      "the case does not carry the resolverMatch of its request, from which the namespace comes",
    "suite:engine:response:custom_urlconf": "the case does not carry the URLconf that its view put on the request",
  },
  writes: {
    "update_or_create-a49cd41c":
      "sets a property that is no field on a row that was found; here such a name is an error, so that data from outside cannot replace methods (threat NODE-11)",
  },
};
