import type { Vehicle } from "./vehicle.ts";

const AMBIENT_C = 18;
const LITRES_PER_METRE = 33 / 100_000;
const IDLING_LITRES_PER_SECOND = 3 / 3600;
const WARMING_S = 420;
const COOLING_S = 5400;
const DOOR_OPEN_C = 2.5; // how much warmer the cargo gets while it is loaded

/** What a stretch of time does to the machine: how long the engine ran in it, and how far the vehicle came. */
export function runEngine(vehicle: Vehicle, seconds: number, runningS: number, movedM: number): void {
  const burntL = movedM * LITRES_PER_METRE + (movedM > 0 ? 0 : runningS * IDLING_LITRES_PER_SECOND);
  vehicle.odometerM += movedM;
  vehicle.engineMs += runningS * 1000;
  vehicle.fuelL = Math.max(10, vehicle.fuelL - burntL);
  vehicle.fuelUsedL += burntL;
  vehicle.coolantC = approach(vehicle.coolantC, movedM > 0 ? 89 : 82, runningS / WARMING_S);
  vehicle.coolantC = approach(vehicle.coolantC, AMBIENT_C, (seconds - runningS) / COOLING_S);
  if (vehicle.isReefer) coolCargo(vehicle, seconds);
}

function coolCargo(vehicle: Vehicle, seconds: number): void {
  const doorOpen = vehicle.phase === "loading" || vehicle.phase === "unloading";
  const wanted = vehicle.setPointC + (doorOpen ? DOOR_OPEN_C : vehicle.random.between(-0.4, 0.4));
  vehicle.cargoC = approach(vehicle.cargoC, wanted, seconds / 1800);
}

/** An exponential way towards a value; `timeConstants` is how much of it has passed. */
const approach = (from: number, to: number, timeConstants: number): number =>
  to + (from - to) * Math.exp(-timeConstants);
