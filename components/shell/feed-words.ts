import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import type { FeedStatus } from "@/server/contracts/socket.ts";

/** How a person calls a feed; one that the catalogue does not know keeps its own name. */
export function feedName(name: string, text: Messages): string {
  return text.feedBar.names[name.toLowerCase()] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** How fresh a feed is, in words. `sinceMs` is how long ago that was known. */
export function feedWords(feed: FeedStatus, sinceMs: number, formats: Formats, text: Messages): string {
  if (feed.ageMs === null) return text.feedBar.never;
  if (feed.state === "off") return text.feedBar.off;
  const age = formats.lag(feed.ageMs + sinceMs);
  if (feed.state === "silent") return text.feedBar.silent(age);
  if (feed.state === "slow")
    return feed.lagRecords > 0 ? text.feedBar.behind(age, formats.number(feed.lagRecords)) : text.feedBar.slow(age);
  return age;
}
