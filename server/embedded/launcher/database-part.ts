import { type EmbeddedDatabase, startDatabase } from "../database/start-database.ts";
import type { Part, Running } from "./supervisor.ts";

/** The embedded PostgreSQL as a supervised part. `onReady` is called at each start, before what follows it starts. */
export function databasePart(options: { directory: string; onReady(database: EmbeddedDatabase): Promise<void> }): Part {
  return { name: "database", start: () => start(options) };
}

function start(options: { directory: string; onReady(database: EmbeddedDatabase): Promise<void> }): Running {
  const started = startDatabase({ directory: options.directory });
  const ready = started.then((database) => options.onReady(database));
  ready.catch(() => {}); // who stops a part early does not wait for it to be ready
  return {
    ready,
    exited: started.then(
      (database) => database.exited.then(() => "the server ended"),
      (error: Error) => error.message,
    ),
    stop: () =>
      started.then(
        (database) => database.stop(),
        () => {},
      ),
    kill: () =>
      void started.then(
        (database) => database.kill(),
        () => {},
      ),
  };
}
