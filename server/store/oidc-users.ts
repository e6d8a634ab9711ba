import type { OidcUser, OidcUsers } from "../access/oidc.ts";
import type { Database } from "./client.ts";

const USER = { id: true, banned: true } as const;
const toUser = ({ id, banned }: { id: string; banned: boolean | null }): OidcUser => ({
  id,
  isBlocked: banned ?? false,
});

export function createOidcUsers(database: Database): OidcUsers {
  return {
    async findOrLink({ providerId, accountId, email }) {
      const account = await database.account.findFirst({
        where: { providerId, accountId },
        select: { user: { select: USER } },
      });
      if (account) return toUser(account.user);
      const user = await database.user.findUnique({ where: { email }, select: USER });
      if (!user) return null;
      await database.account.create({ data: { providerId, accountId, userId: user.id } });
      return toUser(user);
    },
    async create({ providerId, accountId, email, name, role }) {
      const accounts = { create: { providerId, accountId } };
      return toUser(
        await database.user.create({ data: { email, name, role, emailVerified: true, accounts }, select: USER }),
      );
    },
  };
}
