export type StoredSetting = { name: string; value: unknown; version: number };

export type SettingReader = { get(name: string): Promise<StoredSetting | null> };

export type SettingWriter = SettingReader & {
  /** Returns `null`, changing nothing, when the version is not the newest any more; 0 is that of a setting not yet made. */
  put(setting: { name: string; value: object; version: number; by: string }): Promise<StoredSetting | null>;
};
