import { openDoorLines } from "./access/open-door.ts";
import { createOriginCheck } from "./access/own-origin.ts";
import type { Env } from "./env.ts";
import { FleetColumns } from "./live/fleet-columns.ts";
import { createLive } from "./live/socket-server.ts";
import { systemClock } from "./platform/clock.ts";
import { type Managed, together } from "./platform/lifecycle.ts";
import type { Logger } from "./platform/logger.ts";
import type { Actor } from "./services/actor.ts";
import { setTower, type Tower } from "./services/tower.ts";
import { openDatabase } from "./store/client.ts";
import { watchRejectedToday } from "./store/rejected-today.ts";
import { createKafka, type KafkaSettings } from "./stream/kafka.ts";
import { createOwnTopics } from "./stream/own-topics.ts";
import { createBrokerWatch } from "./stream/watch-broker.ts";
import { createChangesLane } from "./threads/changes-lane.ts";
import { createKeepingWorks } from "./threads/keeping-works.ts";
import { createTelemetryLane } from "./threads/telemetry-lane.ts";
import { createWebServer } from "./web/web-server.ts";
import { wireInventory } from "./wire-inventory.ts";
import { wireLanes } from "./wire-lanes.ts";
import { wireOrders } from "./wire-orders.ts";
import { wireTrips } from "./wire-trips.ts";
import { wireWeb } from "./wire-web.ts";

export type Wired = {
  /** Everything that starts and stops, in the order of starting. */
  parts: Managed[];
  /** Where browsers find it. */
  url: string;
  /** What has to be told once the tower is up: how to sign in the first time. */
  signIn(): readonly string[];
};

export type WireOptions = { env: Env; logger: Logger; version: string; fatal(error: Error): void };

/** The composition root: the only file that knows every concrete part. Nothing runs before `startAll(parts)`. */
export function wire({ env, logger, version, fatal }: WireOptions): Wired {
  const kafkaSettings = kafkaSettingsOf(env);
  const kafka = createKafka(kafkaSettings, logger);
  const database = openDatabase(env.DATABASE_URL);
  const brokerWatch = createBrokerWatch(kafka);
  const rejectedToday = watchRejectedToday({ database, now: systemClock, logger });
  const laneSettings = { kafka: kafkaSettings, databaseUrl: env.DATABASE_URL, logLevel: env.LOG_LEVEL };
  const telemetry = createTelemetryLane(laneSettings);
  const changes = createChangesLane(laneSettings);
  telemetry.failed(fatal);
  changes.failed(fatal);
  const has = (role: Env["WHEELHOUSE_ROLES"][number]) => env.WHEELHOUSE_ROLES.includes(role);
  const running = [...(has("telemetry") ? [telemetry] : []), ...(has("changes") ? [changes] : [])];
  const fleet = new FleetColumns(Date.now());
  const { tower, peers } = wireLanes({
    ...{ env, database, logger },
    telemetry: has("telemetry") ? telemetry : null,
    changes: has("changes") ? changes : null,
    follows: has("web"),
    forgotten: (partition) => fleet.forget(partition),
  });
  const { lanes } = tower;

  const url = `http://${env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST}:${env.PORT}`;
  const isSecure = env.WHEELHOUSE_PUBLIC_URL?.startsWith("https:") ?? false;
  const isDevelopment = env.NODE_ENV === "development";
  const server = createWebServer({ host: env.HOST, port: env.PORT, isDevelopment, isSecure });
  const trips = wireTrips({ database, fleet, now: systemClock, logger });
  tower.onVisits(trips.feed.visitsTold);
  tower.onTouched(trips.feed.touched);
  tower.onTouched(({ sites }) => sites.length > 0 && tower.fencesChanged());
  const areTripsKnown = trips.picture.isComplete;
  const { arrivalOf } = trips.picture;
  const inventory = wireInventory({ database, arrivalOf, areTripsKnown, now: systemClock, logger });
  tower.onTouched(inventory.feed.touched);
  const orders = wireOrders({
    database,
    tripsOf: (deliveryIds) => trips.picture.tripsOf(deliveryIds),
    areTripsKnown,
    now: systemClock,
    logger,
  });
  tower.onTouched(orders.feed.touched);
  trips.feed.onComplete(orders.feed.wake);
  trips.feed.onComplete(inventory.feed.wake);
  trips.feed.onChanged(orders.feed.tripsChanged);
  trips.feed.onDeliveriesMoved(orders.feed.deliveriesMoved);
  trips.feed.onDeliveriesMoved(inventory.feed.deliveriesMoved);
  const live = createLive({
    http: server.http,
    sessionOf: (headers) => socketActor(web.tower, headers),
    isOwnOrigin: createOriginCheck(env.WHEELHOUSE_PUBLIC_URL ?? null),
    fleet,
    rooms: { inventory: inventory.feed.room, orders: orders.room },
    lanes,
    rejectedToday: rejectedToday.count,
    now: systemClock,
    logger,
  });
  tower.onChunk((chunk) => live.fold(chunk));
  const web = wireWeb({
    env,
    version,
    ownUrl: url,
    database,
    telemetry: tower,
    fleet,
    inventory: inventory.picture,
    orders: orders.ports,
    trips: trips.picture,
    metres: trips.roads.metres,
    fencesChanged() {
      tower.fencesChanged();
      trips.feed.sitesChanged();
    },
    lanes,
    broker: async () => ({
      status: brokerWatch.isUp() ? "ok" : "down",
      kind: env.WHEELHOUSE_EMBEDDED.includes("broker") ? "embedded" : "external",
      address: env.KAFKA_BROKERS.join(","),
    }),
    sockets: () => live.counts().connections,
    logger,
  });

  let signInLines: string[] = [];
  const users: Managed = { name: "users", start: web.prepareDemoUsers, stop: () => database.$disconnect() };
  // Last of all: a generated password is told once, so nothing may fail between making it and telling it.
  const firstAdmin: Managed = {
    name: "first admin",
    async start() {
      signInLines = await web.ensureFirstAdmin();
    },
    stop: async () => {},
  };
  const towerForPages: Managed = {
    name: "tower",
    start: async () => setTower(web.tower),
    stop: async () => setTower(undefined),
  };
  const parts = [
    users,
    createOwnTopics(kafka, logger),
    brokerWatch,
    together("lanes and pages", [...running, ...(has("web") ? [server.pages] : [])]),
    ...peers,
    ...(has("telemetry") ? [createKeepingWorks(laneSettings, logger)] : []),
    ...(has("web")
      ? [
          web.apiKeys,
          web.exportWorks,
          web.sourceSamples,
          trips.roads,
          towerForPages,
          rejectedToday,
          live,
          server.door,
          // After the door is open: reading everything that is stored takes its time.
          trips.feed,
          inventory.feed,
          orders.feed,
        ]
      : []),
    ...(has("web") ? [firstAdmin] : []),
  ];
  const door = openDoorLines({ host: env.HOST, publicUrl: env.WHEELHOUSE_PUBLIC_URL });
  return { parts, url: env.WHEELHOUSE_PUBLIC_URL ?? url, signIn: () => [...signInLines, ...door] };
}

/** A socket is opened by a person's session, or by a program with a key. */
async function socketActor(tower: Tower, headers: NodeJS.Dict<string | string[]>): Promise<Actor | null> {
  const bearer = /^Bearer (.+)$/i.exec(String(headers.authorization ?? ""));
  if (bearer) return tower.actorOfKey(bearer[1]!);
  return tower.auth.sessionOf(new Headers({ cookie: String(headers.cookie ?? "") }));
}

function kafkaSettingsOf(env: Env): KafkaSettings {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = env;
  return {
    clientId: "wheelhouse",
    brokers: env.KAFKA_BROKERS,
    ssl: env.KAFKA_SSL,
    sasl: mechanism && username && password ? { mechanism, username, password } : null,
  };
}
