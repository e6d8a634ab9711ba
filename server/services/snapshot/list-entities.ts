import type { SnapshotEntity } from "../../contracts/snapshot.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";

/** What kinds of rows are known and how many of each. One page: there are few kinds. */
export async function listSnapshotEntities(context: Context): Promise<Page<SnapshotEntity>> {
  requireRole(context.actor, "planner");
  const asOfMs = context.now();
  const counts = await context.snapshots.counts();
  const order = new Map(context.contracts.all.map(({ system, entity }, index) => [`${system}.${entity}`, index]));
  const items = counts.map(({ system, entity, count }): SnapshotEntity => {
    const contract = context.contracts.all.find((each) => each.system === system && each.entity === entity);
    return { system, entity, count, title: contract?.rowTitle ?? entity };
  });
  const placeOf = ({ system, entity }: SnapshotEntity) => order.get(`${system}.${entity}`) ?? order.size;
  items.sort((a, b) => placeOf(a) - placeOf(b) || (a.entity < b.entity ? -1 : 1));
  return { items, nextCursor: null, asOfMs };
}
