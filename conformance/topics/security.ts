// Signing, passwords, tokens: what keeps others out. Functions of packages that are not there yet count as not built.

import { callTopic } from "../calls.ts";
import { csrfCalls } from "./security/csrf.ts";
import { signedCookieCalls } from "./security/signed-cookies.ts";
import { signingCalls, signsBytes } from "./security/signing.ts";

export const topic = callTopic({ ...csrfCalls, ...signedCookieCalls, ...signingCalls }, { leaveOut: signsBytes });
