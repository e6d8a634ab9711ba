import type { SavedView } from "../contracts/saved-view.ts";
import type { Actor } from "../services/actor.ts";
import type { StoredView } from "../services/saved-view/port.ts";

export function presentView(view: StoredView, actor: Actor): SavedView {
  const { id, page, name, query, isShared, ownerId, ownerName, version } = view;
  const isOwn = ownerId === actor.id;
  return { id, page, name, query, isShared, isOwn, owner: isOwn ? actor.name : ownerName, version };
}
