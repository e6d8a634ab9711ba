import { type MappedRoutes, mapRoutes } from "../connectors/mapped-routes.ts";
import type { SourceMapping } from "../contracts/source.ts";
import type { Logger } from "../platform/logger.ts";

const LOOK_EVERY_MS = 2_000;

type Deps = {
  read(): Promise<SourceMapping>;
  /** Told after each change, so that topics are joined and left. */
  changed(): Promise<void>;
  logger: Logger;
  everyMs?: number;
};

/**
 * What the admin says of the topics, looked for again and again: the lane follows without a restart, whichever process
 * the admin spoke to. `loaded` must be awaited before the first topic is joined, or one that is off would be read.
 */
export function watchMapping({ read, changed, logger, everyMs = LOOK_EVERY_MS }: Deps) {
  let routes: MappedRoutes = mapRoutes([]);
  let version: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<boolean> {
    const mapping = await read();
    if (mapping.version === version) return false;
    version = mapping.version;
    routes = mapRoutes(mapping.mappings);
    return true;
  }

  async function follow(): Promise<void> {
    try {
      if (!(await look())) return;
      logger.info({ version }, "the mapping of the topics has changed");
      await changed();
    } catch (error) {
      logger.warn({ err: error }, "the mapping of the topics could not be followed, it is tried again");
    }
  }

  return {
    isRead: (topic: string) => routes.isRead(topic),
    routeOf: (topic: string) => routes.routeOf(topic),
    async loaded(): Promise<void> {
      if (version === null) await look();
    },
    start: () => {
      timer = setInterval(() => void follow(), everyMs);
    },
    stop: () => clearInterval(timer),
  };
}
