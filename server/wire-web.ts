import { join } from "node:path";
import { hashPassword } from "better-auth/crypto";
import { createApiKeys } from "./access/api-keys.ts";
import { createAuth } from "./access/auth.ts";
import { isLoopback } from "./access/loopback.ts";
import { createOidc, OIDC_CALLBACK } from "./access/oidc.ts";
import { createOriginCheck } from "./access/own-origin.ts";
import { createRateLimits } from "./access/rate-limits.ts";
import type { FleetIndex } from "./contracts/fleet.ts";
import type { LaneStatus, TelemetryQueries } from "./contracts/lane.ts";
import type { Env } from "./env.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import type { Logger } from "./platform/logger.ts";
import { createMetrics } from "./platform/metrics.ts";
import { createSeal } from "./platform/seal.ts";
import type { Ports } from "./services/context.ts";
import type { BrokerStatus } from "./services/health/check.ts";
import { createDatabaseWatch } from "./services/health/watch-database.ts";
import type { OrderPorts } from "./services/order/port.ts";
import type { InventoryIndex } from "./services/stock/inventory-index.ts";
import type { Tower } from "./services/tower.ts";
import type { TripIndex } from "./services/trip/port.ts";
import { createApiKeyReader, createKnownKeys } from "./store/api-keys.ts";
import { createAudit } from "./store/audit.ts";
import { createAuditReader } from "./store/audit-trail.ts";
import { createBusinessObjectReader } from "./store/business-object-reader.ts";
import type { Database } from "./store/client.ts";
import { isDatabaseAway } from "./store/database-failure.ts";
import { createEtaSampleStore } from "./store/eta-samples.ts";
import { createExportProgress, createExportReader } from "./store/exports.ts";
import { createFenceReader } from "./store/fences.ts";
import { createNoteReader } from "./store/handover-notes.ts";
import { createLedgerReader } from "./store/ledger-reader.ts";
import { createOidcUsers } from "./store/oidc-users.ts";
import { createPersonReader } from "./store/people.ts";
import { createRetentionReader } from "./store/retention.ts";
import { createViewReader } from "./store/saved-views.ts";
import { createSearchReader } from "./store/search-reader.ts";
import { createSettingReader } from "./store/settings.ts";
import { createSiteReader } from "./store/site-list.ts";
import { createStockReader } from "./store/stock-reader.ts";
import { createRunTransaction } from "./store/transaction.ts";
import { createAuthTables, createUserStore } from "./store/users.ts";
import { createVehicleProfileReader } from "./store/vehicle-profiles.ts";
import { createExportWorks } from "./web/export-works.ts";
import { wireData } from "./wire-data.ts";
import { type PastDeps, wirePast } from "./wire-past.ts";

export type WebDeps = {
  env: Pick<
    Env,
    | "HOST"
    | "NODE_ENV"
    | "WHEELHOUSE_PUBLIC_URL"
    | "WHEELHOUSE_SECRET"
    | "WHEELHOUSE_DATA_DIR"
    | "WHEELHOUSE_API_KEY"
    | "WHEELHOUSE_ADMIN_EMAIL"
    | "WHEELHOUSE_ADMIN_PASSWORD"
    | "WHEELHOUSE_SIMULATOR"
  >;
  version: string;
  /** Where the server listens, for example `http://127.0.0.1:3000`. */
  ownUrl: string;
  database: Database;
  telemetry: TelemetryQueries;
  fleet: FleetIndex;
  inventory: InventoryIndex;
  orders: OrderPorts;
  trips: TripIndex;
  /** Metres to drive, for estimates of earlier moments; without it ways are direct. */
  metres?: PastDeps["metres"];
  lanes(): LaneStatus[];
  broker(): Promise<BrokerStatus>;
  sockets(): number;
  /** Told after each write that moved a fence. `createLineFences` reads them as they are then. */
  fencesChanged?(): void;
  logger: Logger;
  now?: Clock;
};

/** The web side of the composition root: joins sign-in, verbs and store to the one tower that pages and API ask for. */
export function wireWeb(deps: WebDeps) {
  const { env, database, logger, lanes } = deps;
  const now = deps.now ?? systemClock;
  const publicUrl = env.WHEELHOUSE_PUBLIC_URL ?? null;
  const isSecure = publicUrl?.startsWith("https:") ?? false;
  const limits = createRateLimits(now);
  const auth = wireAuth(deps, { baseUrl: publicUrl ?? deps.ownUrl, isSecure, limits });
  const watchDatabase = createDatabaseWatch({ now, ping: async () => void (await database.$queryRaw`select 1`) });
  const metrics = createMetrics({ ...deps, vehicles: () => deps.fleet.size() });
  const apiKeys = createApiKeys({
    bootstrapKey: env.WHEELHOUSE_API_KEY,
    known: createKnownKeys(database),
    now,
    onFault: (error) => logger.error({ err: error }, "the API keys could not be read"),
  });
  const data = wireData({ database, lanes, now });
  const seal = createSeal(env.WHEELHOUSE_SECRET, "settings");
  const settings = createSettingReader(database);
  const oidcRedirectUri = new URL(OIDC_CALLBACK, publicUrl ?? deps.ownUrl).href;
  const oidc = createOidc({
    settings,
    settingsSeal: seal,
    flowSeal: createSeal(env.WHEELHOUSE_SECRET, "oidc-flow"),
    users: createOidcUsers(database),
    audit: createAudit(database),
    openSession: auth.openSession,
    redirectUri: oidcRedirectUri,
    isSecure,
    now,
    logger,
  });
  const exportWorks = createExportWorks({
    directory: join(env.WHEELHOUSE_DATA_DIR, "exports"),
    progress: createExportProgress(database),
    context: (actor) => tower.context(actor),
    now,
    logger,
  });
  const ports: Ports = {
    now,
    telemetry: deps.telemetry,
    fleet: deps.fleet,
    lanes,
    sites: createSiteReader(database),
    fences: createFenceReader(database),
    fencesChanged: () => deps.fencesChanged?.(),
    vehicleProfiles: createVehicleProfileReader(database),
    inventory: deps.inventory,
    orders: deps.orders,
    stock: createStockReader(database),
    trips: deps.trips,
    past: wirePast({ database, telemetry: deps.telemetry, metres: deps.metres, now }),
    etaResults: createEtaSampleStore(database),
    ...data.ports,
    people: createPersonReader(database),
    hashPassword,
    apiKeys: createApiKeyReader(database),
    refreshApiKeys: apiKeys.refresh,
    auditTrail: createAuditReader(database),
    settings,
    retention: createRetentionReader(database),
    seal,
    oidcRedirectUri,
    checkOidcProvider: oidc.check,
    business: createBusinessObjectReader(database),
    search: createSearchReader(database),
    ledger: createLedgerReader(database),
    exports: createExportReader(database),
    exportWorks,
    views: createViewReader(database),
    notes: createNoteReader(database),
    transaction: createRunTransaction(database),
  };
  const tower: Tower = {
    version: deps.version,
    isSecure,
    isDevelopment: env.NODE_ENV === "development",
    auth,
    oidc,
    context: (actor) => ({ ...ports, actor }),
    publicUrl: publicUrl ?? deps.ownUrl,
    actorOfKey: apiKeys.actorOfKey,
    isOwnOrigin: createOriginCheck(publicUrl),
    limits,
    lanes,
    health: async () => {
      const [databaseStatus, broker] = await Promise.all([watchDatabase(), deps.broker()]);
      return { version: deps.version, lanes: lanes(), database: databaseStatus, broker };
    },
    metrics,
    failedDependency: (error) => (isDatabaseAway(error) ? "database" : null),
    reportDefect: (reference, error, where) => logger.error({ reference, where, err: error }, "a request failed"),
  };
  const { ensureFirstAdmin, prepareDemoUsers } = auth;
  return { tower, apiKeys, exportWorks, sourceSamples: data.part, ensureFirstAdmin, prepareDemoUsers };
}

type AuthSettings = { baseUrl: string; isSecure: boolean; limits: Tower["limits"] };

function wireAuth({ env, database, logger }: WebDeps, settings: AuthSettings) {
  const { WHEELHOUSE_ADMIN_EMAIL: email, WHEELHOUSE_ADMIN_PASSWORD: password } = env;
  return createAuth({
    ...settings,
    tables: createAuthTables(database),
    secret: env.WHEELHOUSE_SECRET,
    users: createUserStore(database),
    audit: createAudit(database),
    logger,
    firstAdmin: email && password ? { email, password } : null,
    isDemo: isDemonstration(env),
  });
}

/** A tower with a public URL is meant for others, whatever address it listens on itself. */
function isDemonstration({ WHEELHOUSE_SIMULATOR, HOST, WHEELHOUSE_PUBLIC_URL: publicUrl }: WebDeps["env"]): boolean {
  const isForThisMachine = publicUrl === undefined || isLoopback(new URL(publicUrl).hostname);
  return WHEELHOUSE_SIMULATOR === "on" && isLoopback(HOST) && isForThisMachine;
}
