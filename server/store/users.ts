import { prismaAdapter } from "better-auth/adapters/prisma";
import type { UserStore } from "../access/ports.ts";
import type { Database } from "./client.ts";

// One number for the advisory lock under which the first users are made.
const FIRST_USERS_LOCK = 5_310_442;

/** The tables of sign-in as better-auth wants them. */
export function createAuthTables(database: Database) {
  return prismaAdapter(database, { provider: "postgresql" });
}

export function createUserStore(database: Database): UserStore {
  return {
    async hasAdmin(exceptEmails) {
      const admins = await database.user.count({
        where: { role: "admin", email: { notIn: [...exceptEmails] }, NOT: { banned: true } },
      });
      return admins > 0;
    },

    async admitDemoUsers(users) {
      for (const { email, name, role } of users) {
        const present = { name, role, banned: false, banReason: null, banExpires: null };
        await database.user.upsert({
          where: { email },
          create: { ...present, email, emailVerified: true },
          update: present,
        });
      }
    },

    async closeDemoUsers(emails) {
      const demo = { email: { in: [...emails] } };
      const [, { count }] = await database.$transaction([
        database.session.deleteMany({ where: { user: demo } }),
        database.user.updateMany({
          where: { ...demo, OR: [{ banned: false }, { banned: null }] },
          data: { banned: true, banReason: "the demonstration is over" },
        }),
      ]);
      return count;
    },

    async forgetExpiredSessions() {
      await database.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
    },

    async findIdByEmail(email) {
      const user = await database.user.findUnique({ where: { email }, select: { id: true } });
      return user?.id ?? null;
    },

    exclusively(work) {
      // The lock is held by this transaction's connection; the work itself uses others.
      return database.$transaction(
        async (db) => {
          await db.$executeRaw`select pg_advisory_xact_lock(${FIRST_USERS_LOCK})`;
          return work();
        },
        { maxWait: 30_000, timeout: 60_000 },
      );
    },
  };
}
