import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { Trip, TripStop } from "@/server/contracts/trip.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { TripLine } from "./trip-line.tsx";

const nowMs = Date.parse("2026-11-17T14:32:00.000Z");
const at = (time: string) => `2026-11-17T${time}:00.000Z`;
const record = { topic: "sap.VTTK", partition: 0, offset: "1", timestamp: at("08:00") };
const aStop = (sequence: number, site: string, over: Partial<TripStop>): TripStop => ({
  ...{ sequence, site, kind: "transfer", plannedArrival: null, plannedDeparture: null, arrivedAt: null },
  ...{ departedAt: null, reportedArrival: null, reportedDeparture: null, eta: null, varianceMinutes: null },
  ...{ deliveryIds: [], arrivalRecord: null, departureRecord: null },
  records: { plannedArrival: null, plannedDeparture: null, reportedArrival: null, reportedDeparture: null },
  ...over,
});
const stops = [
  aStop(0, "1010", { kind: "load", plannedDeparture: at("08:30"), arrivedAt: at("07:48"), departedAt: at("08:52") }),
  aStop(1, "1030", { plannedArrival: at("12:10"), arrivedAt: at("12:21"), departedAt: at("12:45") }),
  aStop(2, "1020", { kind: "unload", plannedArrival: at("14:30"), eta: { p50: at("16:24"), p90: at("17:05") } }),
];
const aTrip = (over: Partial<Trip> = {}): Trip => ({
  ...{ id: "shipment:1", number: "912844", vehicleId: "T1", carrier: null, state: "under_way", service: "late" },
  ...{ stops, remainingM: 125_500, orderIds: [], record, vehicleRecord: record, version: 1 },
  ...over,
});
const vehicle: Vehicle = {
  ...{ id: "T1", motion: "moving", service: "late", measures: {}, trip: null, openAlerts: 0, profile: null, record },
  position: { latitude: 41.5, longitude: -88.1, speedKmh: 66, time: at("14:31") },
};
const show = (trip: Trip) => {
  renderInTower(<TripLine trip={trip} vehicle={vehicle} sites={[]} nowMs={nowMs} />, { units: "metric" });
  return screen.getAllByRole("listitem");
};

test("each stop has its plan beside what came of it, and the vehicle stands between what was and what comes", () => {
  const [load, dock, now, last] = show(aTrip()).map((item) => within(item));
  expect(load!.getByText(/planned 08:30, left 08:52/)).toBeTruthy();
  expect(load!.getByText("stayed 1 h 04 min")).toBeTruthy();
  expect(dock!.getByText(/planned 12:10, arrived 12:21/)).toBeTruthy();
  expect(now!.getByText("66 km/h")).toBeTruthy();
  expect(now!.getByText("126 km left")).toBeTruthy();
  expect(last!.getByText(/planned 14:30, expected 16:24/)).toBeTruthy();
  expect(last!.getByText("p90 17:05")).toBeTruthy();
  expect(last!.getByText("16:24").className).toContain("tone-high");
});

test("whoever stands at a stop is there, not between", () => {
  const there = [stops[0]!, { ...stops[1]!, departedAt: null }, stops[2]!];
  const items = show(aTrip({ stops: there }));
  expect(items).toHaveLength(3);
  expect(items[1]!.textContent).toContain("there for 2 h 11 min");
});

test("what only SAP says is told as such, and a stop without times too", () => {
  const said = [stops[0]!, { ...stops[1]!, arrivedAt: null, departedAt: null, reportedArrival: at("12:30") }];
  const items = show(aTrip({ stops: [...said, aStop(2, "1020", {})] }));
  expect(items[1]!.textContent).toContain("SAP says 12:30");
  expect(items.at(-1)!.textContent).toContain("no time known");
});
