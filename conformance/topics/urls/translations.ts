/** The translations of routes that Django's own test suite has, by text and language. */
export const translations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "translated/": { nl: "vertaald/", "pt-br": "traduzidos/" },
  "^translated-regex/$": { nl: "^vertaald-regex/$", "pt-br": "^traduzidos-regex/$" },
  "^translated/(?P<slug>[\\w-]+)/$": {
    nl: "^vertaald/(?P<slug>[\\w-]+)/$",
    "pt-br": "^traduzidos/(?P<slug>[\\w-]+)/$",
  },
  "^users/$": { nl: "^gebruikers/$", "pt-br": "^usuarios/$" },
  "^account/": { nl: "^profiel/", "pt-br": "^conta/" },
  "^register/$": { nl: "^registreren/$", "pt-br": "^registre-se/$" },
  "^register-without-slash$": { nl: "^registreren-zonder-slash$", "pt-br": "^registre-se-sem-barra$" },
  "register-as-path/": { nl: "registreren-als-pad/", "pt-br": "registre-se-caminho/" },
};
