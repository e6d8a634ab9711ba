import { SITES_TOPIC } from "../contracts/topics.ts";
import { createCompany } from "./company.ts";
import type { EarlierBooks } from "./earlier/earlier-books.ts";
import { EventQueue } from "./event-queue.ts";
import { createFleet } from "./fleet/create-fleet.ts";
import { createDuty } from "./fleet/duty.ts";
import { createReporting, type ReportIntervals, USUAL_INTERVALS_MS } from "./fleet/reporting.ts";
import type { Outgoing, OutgoingRecord } from "./outgoing.ts";
import { createRandom } from "./random.ts";
import { createRoads, type RoadGraph } from "./roads.ts";
import { createSites, siteRecordOf } from "./sites.ts";
import { createLateChanges } from "./trouble/late-changes.ts";
import { createTroubleSchedule } from "./trouble/schedule.ts";
import type { TroubleSettings } from "./trouble/settings.ts";
import { createTrouble } from "./trouble/trouble.ts";
import type { BusinessTruth } from "./truth/business-truth.ts";
import { createTruth, type Truth } from "./truth/truth.ts";

export type WorldSettings = {
  seed: number;
  vehicles: number;
  /** Event time at which the world begins, in full swing. */
  startMs: number;
  graph: RoadGraph;
  trouble: TroubleSettings;
  intervalsMs?: ReportIntervals;
};

export type World = {
  /** Lets the world go on to this moment, and returns the records of the time passed, in order. */
  advanceTo(timeMs: number): OutgoingRecord[];
  /** Ends a run: what its troubles still owe. To be called once, after the last `advanceTo`. */
  finish(): OutgoingRecord[];
  nowMs(): number;
  /** Closes, from now on and some at a time, what a world before this one left open in the log; tells when it is done. */
  closeEarlier(books: EarlierBooks, onClosed?: () => void): void;
  truth: Truth & BusinessTruth;
};

/** Within this time of the beginning every vehicle has reported. */
const FIRST_REPORT_MS = 10_000;
/** Streams of chance beside those of the vehicles, which are numbered from 0. */
const TROUBLE_STREAM = 1_000_000_007;

/**
 * The simulated world: the same settings give the same records, however the time is cut into steps, because everything
 * happens at a moment of its own and draws from a stream of its own. No clock and no chance from outside.
 */
export function createWorld(settings: WorldSettings): World {
  const { seed, startMs, vehicles: count } = settings;
  const network = createRoads(settings.graph);
  const sites = createSites(network);
  const queue = new EventQueue<(timeMs: number) => void>();
  let sent: OutgoingRecord[] = [];
  let nowMs = startMs;

  const put = (outgoing: Outgoing) => {
    truth.fold(outgoing);
    sent.push(outgoing.record);
  };
  const send = (outgoing: Outgoing) => {
    put(outgoing);
    trouble.sent(outgoing);
  };
  const schedule = (timeMs: number, run: (timeMs: number) => void) => queue.push(timeMs, run);
  const company = createCompany({ seed, startMs, vehicles: count, sites, send, sendPlain: put, schedule });
  const { paperwork, fences } = company;
  const truth = createTruth({ vehicles: count, sites: sites.map(siteRecordOf), fences });
  const fleet = createFleet(settings, { sites, roads: network.roads, deliveryUnderWay: company.underWay });
  const duty = createDuty({ roads: network.roads, events: paperwork });
  const random = createRandom(seed, TROUBLE_STREAM);
  const trouble = createTrouble({
    vehicles: count,
    schedule: createTroubleSchedule(settings.trouble, startMs, random),
    random,
    send: put,
    sendLateChange: createLateChanges({ fleet, random, paperwork, send: put }),
  });
  const reporting = createReporting({
    startMs,
    intervalsMs: settings.intervalsMs ?? USUAL_INTERVALS_MS,
    duty,
    trouble,
    send,
    random,
  });

  function begin(): void {
    for (const site of sites) {
      const value = JSON.stringify(siteRecordOf(site));
      const record = { topic: SITES_TOPIC, key: site.siteId, value, timestampMs: startMs };
      queue.push(startMs, () => send({ record, effect: { kind: "site", siteId: site.siteId } }));
    }
    company.begin();
    for (const vehicle of fleet) {
      const run = (timeMs: number) => {
        reporting.report(vehicle, timeMs);
        queue.push(reporting.nextMs(vehicle), run);
      };
      queue.push(startMs + vehicle.random.whole(1, FIRST_REPORT_MS), run);
    }
  }

  function take(): OutgoingRecord[] {
    const records = sent;
    sent = [];
    return records;
  }

  begin();
  return {
    advanceTo(timeMs) {
      while (queue.nextMs <= timeMs) {
        nowMs = queue.nextMs;
        queue.pop()(nowMs);
        trouble.strike(nowMs);
      }
      nowMs = Math.max(nowMs, timeMs);
      return take();
    },
    finish() {
      let owed = trouble.settle(nowMs);
      for (const vehicle of fleet) {
        if (owed === 0) break;
        if (!reporting.hasRoom(vehicle, nowMs)) continue;
        reporting.report(vehicle, nowMs);
        owed -= 1;
      }
      if (owed > 0) throw new Error(`${owed} late readings found no place: more vehicles or a longer run are needed`);
      trouble.settle(nowMs);
      return take();
    },
    nowMs: () => nowMs,
    closeEarlier: (books, onClosed = () => {}) => company.closeEarlier(books, nowMs, onClosed),
    truth: { ...truth, ...company.truth },
  };
}
