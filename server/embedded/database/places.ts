import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Account, canReach, serviceAccount } from "./account.ts";

/** Where the database lives when the service account cannot reach the data directory, and where it finds binaries. */
export const SHARED_DIRECTORY = "/var/lib/wheelhouse";

export type DatabasePlace = {
  /** Holds the files below; the account passes through it, the rest is the launcher's. */
  directory: string;
  dataDirectory: string;
  passwordFile: string;
  portFile: string;
  logFile: string;
  account: Account | null;
};

/** Inside the data directory where the service account can reach it, else in a folder named after that directory. */
export function choosePlace(wantedDirectory: string, sharedDirectory = SHARED_DIRECTORY): DatabasePlace {
  const wanted = placeAt(wantedDirectory);
  if (wanted.account === null || existsSync(wanted.dataDirectory)) return wanted;
  mkdirSync(wantedDirectory, { recursive: true, mode: 0o711 });
  if (canReach(wanted.account, wantedDirectory)) return wanted;
  return placeAt(fallbackDirectory(wantedDirectory, sharedDirectory));
}

export function fallbackDirectory(wantedDirectory: string, sharedDirectory = SHARED_DIRECTORY): string {
  return join(sharedDirectory, createHash("sha256").update(wantedDirectory).digest("hex").slice(0, 12));
}

export function placeAt(directory: string): DatabasePlace {
  const dataDirectory = join(directory, "data");
  return {
    directory,
    dataDirectory,
    passwordFile: join(directory, "password"),
    portFile: join(directory, "port"),
    logFile: join(directory, "postgresql.log"),
    account: serviceAccount(dataDirectory),
  };
}
