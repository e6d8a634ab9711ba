import { DEMO_DOMAIN } from "../access/demo-users.ts";
import { Role } from "../contracts/role.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type {
  InvitationKind,
  PersonReader,
  PersonWriter,
  StoredInvitation,
  StoredPerson,
} from "../services/person/port.ts";
import type { Database, Db } from "./client.ts";

const WITH_SESSIONS = { sessions: { select: { updatedAt: true, expiresAt: true } } } satisfies Prisma.UserInclude;
type UserRow = Prisma.UserGetPayload<{ include: typeof WITH_SESSIONS }>;
type InvitationRow = Prisma.InvitationGetPayload<object>;

// One number for the advisory lock under which roles and blocks change: what is left of admins is counted under it.
const PEOPLE_LOCK = 5_310_443;

const open = (now: Date) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } });

export function createPersonReader(database: Database): PersonReader {
  return {
    async list({ q, afterEmail, limit }) {
      const contains = { contains: q ?? "", mode: "insensitive" } as const;
      const rows = await database.user.findMany({
        where: {
          ...(q !== null && { OR: [{ name: contains }, { email: contains }] }),
          ...(afterEmail !== null && { email: { gt: afterEmail } }),
        },
        include: WITH_SESSIONS,
        orderBy: { email: "asc" },
        take: limit,
      });
      return rows.map(toPerson);
    },
    get: (id) => personOf(database, id),
    async openInvitations(now) {
      const rows = await database.invitation.findMany({
        where: { kind: "invite", ...open(now) },
        orderBy: { email: "asc" },
        take: 1_000,
      });
      return rows.map(toInvitation);
    },
    async invitationOf(hash, now) {
      const row = await database.invitation.findFirst({ where: { hash, ...open(now) } });
      return row && toInvitation(row);
    },
    sessions: (userId, now) =>
      database.session.findMany({
        where: { userId, expiresAt: { gt: now } },
        orderBy: { createdAt: "desc" },
        select: { id: true, createdAt: true, updatedAt: true, expiresAt: true, ipAddress: true, userAgent: true },
        take: 200,
      }),
  };
}

export function createPersonWriter(db: Db): PersonWriter {
  return {
    async lock(id) {
      await db.$executeRaw`select pg_advisory_xact_lock(${PEOPLE_LOCK})`;
      return personOf(db, id);
    },
    async findByEmail(email) {
      const row = await db.user.findUnique({ where: { email }, include: WITH_SESSIONS });
      return row && toPerson(row);
    },
    otherAdmins: (id) =>
      db.user.count({
        where: {
          role: "admin",
          id: { not: id },
          NOT: [{ banned: true }, { email: { endsWith: `@${DEMO_DOMAIN}` } }],
        },
      }),
    async setRole(id, role) {
      await db.user.update({ where: { id }, data: { role } });
    },
    async setBlocked(id, reason) {
      await db.user.update({ where: { id }, data: { banned: reason !== null, banReason: reason, banExpires: null } });
    },
    async endSessions(userId, sessionId) {
      const { count } = await db.session.deleteMany({ where: { userId, ...(sessionId && { id: sessionId }) } });
      return count;
    },
    async addInvitation({ kind, email, name, role, expiresAt, hash, createdBy }) {
      await db.invitation.updateMany({
        where: { email, acceptedAt: null, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      return toInvitation(
        await db.invitation.create({ data: { kind, email, name, role, expiresAt, hash, createdBy } }),
      );
    },
    async revokeInvitation(id) {
      const [row] = await db.invitation.updateManyAndReturn({
        where: { id, ...open(new Date()) },
        data: { revokedAt: new Date() },
      });
      return row ? toInvitation(row) : null;
    },
    async takeInvitation(hash, now) {
      const [row] = await db.invitation.updateManyAndReturn({
        where: { hash, ...open(now) },
        data: { acceptedAt: now },
      });
      return row ? toInvitation(row) : null;
    },
    async setPassword({ email, name, role, passwordHash }) {
      const { id } = await db.user.upsert({
        where: { email },
        create: { email, name, role, emailVerified: true },
        update: {},
        select: { id: true },
      });
      const account = { userId: id, providerId: "credential" };
      const { count } = await db.account.updateMany({ where: account, data: { password: passwordHash } });
      if (count === 0) await db.account.create({ data: { ...account, accountId: id, password: passwordHash } });
      return id;
    },
  };
}

async function personOf(db: Db, id: string): Promise<StoredPerson | null> {
  const row = await db.user.findUnique({ where: { id }, include: WITH_SESSIONS });
  return row && toPerson(row);
}

function toPerson({ id, name, email, role, banned, banReason, createdAt, updatedAt, sessions }: UserRow): StoredPerson {
  const nowMs = Date.now();
  const current = sessions.filter(({ expiresAt }) => expiresAt.getTime() > nowMs);
  const lastSeenMs = Math.max(...sessions.map((session) => session.updatedAt.getTime()));
  return {
    ...{ id, name, email, createdAt, updatedAt },
    role: Role.safeParse(role).data ?? null,
    isBlocked: banned ?? false,
    blockedReason: banned ? banReason : null,
    sessions: current.length,
    lastSeenAt: Number.isFinite(lastSeenMs) ? new Date(lastSeenMs) : null,
  };
}

function toInvitation({ id, kind, email, name, role, createdAt, expiresAt }: InvitationRow): StoredInvitation {
  return { id, kind: kind as InvitationKind, email, name, role: Role.parse(role), createdAt, expiresAt };
}
