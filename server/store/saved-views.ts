import type { SavedViewInput } from "../contracts/saved-view.ts";
import type { StoredView, ViewReader, ViewWriter } from "../services/saved-view/port.ts";
import type { Db } from "./client.ts";

type Row = Omit<StoredView, "page" | "ownerName"> & { page: string };

export function createViewReader(db: Db): ViewReader {
  return {
    async list({ page, ownerId, limit }) {
      const rows = await db.savedView.findMany({
        where: { page, OR: [{ ownerId }, { isShared: true }] },
        orderBy: [{ name: "asc" }, { id: "asc" }],
        take: limit,
      });
      const owners = await namesOf(
        db,
        rows.map((row) => row.ownerId),
      );
      return rows.map((row) => toView(row, owners.get(row.ownerId) ?? null));
    },
  };
}

export function createViewWriter(db: Db): ViewWriter {
  return {
    async get(id) {
      const row = await db.savedView.findUnique({ where: { id } });
      return row && toView(row, null);
    },
    count: (ownerId) => db.savedView.count({ where: { ownerId } }),
    async add(ownerId, view) {
      const [row] = await db.savedView.createManyAndReturn({ data: [{ ownerId, ...view }], skipDuplicates: true });
      return row ? toView(row, null) : null;
    },
    async replace(id, version, view) {
      const taken = await db.savedView.findFirst({
        where: { page: view.page, name: view.name, id: { not: id }, ownerId: (await ownerOf(db, id)) ?? "" },
      });
      if (taken) return null;
      const [row] = await db.savedView.updateManyAndReturn({
        where: { id, version },
        data: { ...view, version: version + 1, updatedAt: new Date() },
      });
      return row ? toView(row, null) : null;
    },
    async remove(id) {
      await db.savedView.delete({ where: { id } });
    },
  };
}

async function ownerOf(db: Db, id: string): Promise<string | null> {
  const row = await db.savedView.findUnique({ where: { id }, select: { ownerId: true } });
  return row?.ownerId ?? null;
}

const USER = "user:";

async function namesOf(db: Db, ownerIds: readonly string[]): Promise<Map<string, string>> {
  const ids = ownerIds.filter((id) => id.startsWith(USER)).map((id) => id.slice(USER.length));
  const users = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [`${USER}${id}`, name]));
}

const toView = ({ id, ownerId, page, name, query, isShared, version }: Row, ownerName: string | null): StoredView => ({
  ...{ id, ownerId, ownerName, name, query, isShared, version },
  page: page as SavedViewInput["page"],
});
