// The databases that these tests run on: SQLite, and the servers that answer.

import { connect } from "node:net";

const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(socket.destroy() !== undefined));
    socket.once("error", () => done(false));
  });
}

/** Entries of DATABASES. `name` is that of the database on a server. */
export async function reachableDatabases(name: string) {
  const servers = [
    { ENGINE: "postgresql", NAME: name, HOST: "127.0.0.1", PORT: 5432, USER: "postgres" },
    { ENGINE: "mariadb", NAME: name, HOST: "127.0.0.1", PORT: 3306, USER: "root" },
  ];
  const found = await Promise.all(servers.map(async (entry) => required || (await answers(entry.PORT))));
  return [{ ENGINE: "sqlite", NAME: "/nowhere/db.sqlite3" }, ...servers.filter((_entry, at) => found[at])];
}
