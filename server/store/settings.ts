import type { Prisma } from "../generated/prisma/client.ts";
import type { SettingReader, SettingWriter, StoredSetting } from "../services/setting/port.ts";
import type { Db } from "./client.ts";

export function createSettingReader(db: Db): SettingReader {
  return {
    async get(name) {
      const row = await db.setting.findUnique({ where: { name } });
      return row && toSetting(row);
    },
  };
}

export function createSettingWriter(db: Db): SettingWriter {
  return {
    ...createSettingReader(db),
    async put({ name, value, version, by }) {
      const data = { value: value as Prisma.InputJsonObject, updatedBy: by, updatedAt: new Date() };
      if (version === 0) {
        const [made] = await db.setting.createManyAndReturn({ data: [{ name, ...data }], skipDuplicates: true });
        return made ? toSetting(made) : null;
      }
      const [changed] = await db.setting.updateManyAndReturn({
        where: { name, version },
        data: { ...data, version: version + 1 },
      });
      return changed ? toSetting(changed) : null;
    },
  };
}

const toSetting = ({ name, value, version }: StoredSetting): StoredSetting => ({ name, value, version });
