import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";

/** Everything that `npm start` does before it starts anything: for an image that only has to run. */
await main(() => prepare(["client", "assets", "bundle", "pages"]).then(() => 0));
