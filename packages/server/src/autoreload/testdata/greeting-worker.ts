// A worker as the supervisor sees it: answers every request with what a file said when it was told to go.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { takeConnections, waitForGo } from "../worker.ts";

const [file = ""] = await waitForGo();
const greeting = readFileSync(file, "utf8");
if (greeting === "crash") process.exit(3);

let notified = "";
const server = createServer((request, response) => {
  if (request.url === "/exit") process.exit(4);
  response.setHeader("Connection", "close");
  response.end(request.url === "/notified" ? notified : `${greeting} from ${process.pid}`);
});
await takeConnections(
  {
    onConnection: (socket) => server.emit("connection", socket),
    onChange: (path) => {
      notified = path;
    },
  },
  [],
);
process.exit(0);
