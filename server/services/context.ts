import type { FleetIndex } from "../contracts/fleet.ts";
import type { LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { Clock } from "../platform/clock.ts";
import type { Seal } from "../platform/seal.ts";
import type { Actor } from "./actor.ts";
import type { ApiKeyReader } from "./api-key/port.ts";
import type { PastPort } from "./as-of.ts";
import type { AuditReader } from "./audit/port.ts";
import type { BusinessObjectReader } from "./business/port.ts";
import type { ContractCatalogue } from "./contract/port.ts";
import type { TryRecord } from "./dead-letter/port.ts";
import type { ExportReader, ExportWorks } from "./export/port.ts";
import type { FenceReader } from "./fence/port.ts";
import type { NoteReader } from "./handover/port.ts";
import type { OrderPorts } from "./order/port.ts";
import type { PersonReader } from "./person/port.ts";
import type { DeadLetterReader, RunTransaction } from "./ports.ts";
import type { RetentionReader } from "./retention/port.ts";
import type { ViewReader } from "./saved-view/port.ts";
import type { SearchReader } from "./search/port.ts";
import type { SettingReader } from "./setting/port.ts";
import type { SiteReader } from "./site/port.ts";
import type { SnapshotReader } from "./snapshot/port.ts";
import type { SourcePorts } from "./source/port.ts";
import type { InventoryIndex } from "./stock/inventory-index.ts";
import type { LedgerReader } from "./stock/ledger-port.ts";
import type { StockReader } from "./stock/port.ts";
import type { EtaResultReader, TripIndex } from "./trip/port.ts";
import type { VehicleProfileReader } from "./vehicle-profile/port.ts";

/** What a verb works with. Everything but `actor` is the same for all requests. */
export type Ports = {
  now: Clock;
  telemetry: TelemetryQueries;
  fleet: FleetIndex;
  sites: SiteReader;
  fences: FenceReader;
  /** Called after each write that moved a fence, once it is stored: the telemetry line then needs them again. */
  fencesChanged(): void;
  vehicleProfiles: VehicleProfileReader;
  /** All stock positions, composed. */
  inventory: InventoryIndex;
  stock: StockReader;
  /** Trips, composed. */
  trips: TripIndex;
  /** The same at an earlier moment. */
  past: PastPort;
  etaResults: EtaResultReader;
  snapshots: SnapshotReader;
  deadLetters: DeadLetterReader;
  sources: SourcePorts;
  contracts: ContractCatalogue;
  /** Reads a record as its lane would, and stores nothing. */
  tryRecord: TryRecord;
  orders: OrderPorts;
  lanes(): LaneStatus[];
  people: PersonReader;
  hashPassword(password: string): Promise<string>;
  apiKeys: ApiKeyReader;
  /** Reads the keys in force again: called once one was made or revoked. */
  refreshApiKeys(): Promise<void>;
  auditTrail: AuditReader;
  settings: SettingReader;
  /** What is kept for how long, and the room it takes. */
  retention: RetentionReader;
  /** For what a setting holds in secret. */
  seal: Seal;
  oidcRedirectUri: string;
  /** Why an OpenID Connect provider cannot be used, in words; `null` when it can. */
  checkOidcProvider(issuer: string, clientId: string): Promise<string | null>;
  business: BusinessObjectReader;
  search: SearchReader;
  ledger: LedgerReader;
  exports: ExportReader;
  exportWorks: ExportWorks;
  views: ViewReader;
  notes: NoteReader;
  transaction: RunTransaction;
};

export type Context = Ports & { actor: Actor };
