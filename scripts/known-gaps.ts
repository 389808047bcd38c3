// Threats without a test so far, each with the reason. This list only gets shorter.

/** Areas whose part is not built yet, or only in parts. */
export const gapsByArea: Readonly<Record<string, string>> = {
  admin: "the admin is not built yet",
  auth: "authentication is not built yet",
  sessions: "sessions are not built yet",
  forms: "forms are not built yet",
};

/** Single threats. */
export const gapsById: Readonly<Record<string, string>> = {
  "CVE-2007-0404": "makemessages and compilemessages are not built yet",
  "CVE-2009-2659": "media files are not served yet",
  "CVE-2015-0221": "static files are not served yet",
  "CVE-2017-7234": "static files are not served yet",
  "CVE-2020-24583": "collectstatic is not built yet",
  "CVE-2020-24584": "the cache in files is not built yet",
  "CVE-2026-15337": "there is no set_language view yet",
  "CVE-2026-7666": "mail is not built yet",
  "NODE-30": "the uwsgi and FastCGI front ends are not built yet",
  "NODE-40": "needs logins, static files and sessions, which are not built yet",
  "NODE-41": "needs a checker of regular expressions over the syntax trees of all packages",
  "NODE-58": "static and media files are not served yet",
  "NODE-60": "static and media files are not served yet",
  "NODE-64": "static and media files are not served yet",
  "NODE-71": "mail is not built yet",
  "NODE-72": "there is no middleware for content security policies yet",
};
