// The checks of this package, in the form in which tsgo gathers those of all.

import { checkFiles } from "./files.ts";
import { type CheckRegistration, Tags } from "./registry.ts";
import { checkCookies } from "./security/cookies.ts";
import { checkHeaders } from "./security/headers.ts";
import { checkExposure } from "./security/secrets.ts";

const registrations: readonly CheckRegistration[] = [
  { check: checkFiles, tags: [Tags.files] },
  { check: checkHeaders, tags: [Tags.security], deploy: true },
  { check: checkExposure, tags: [Tags.security], deploy: true },
  { check: checkCookies, tags: [Tags.security], deploy: true },
];
export default registrations;
