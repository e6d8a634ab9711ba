import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this clone, whatever the working directory is. */
export const cloneDirectory = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
