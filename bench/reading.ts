/** Where the vehicles of the bench are, in degrees: the middle and the east of the United States. */
export const AREA = { west: -99, south: 30, east: -75, north: 45 } as const;

/** A reading as a truck sends it, 327 bytes of JSON. Every field has one width, so that its digits can be written over. */
export function readingText(id: string, at: { latitude: number; longitude: number }): string {
  const [latitude, longitude] = [at.latitude.toFixed(7), at.longitude.toFixed(7)];
  return `{"schema":"reading.v1","vehicleId":"${id}","time":"2026-01-01T00:00:00.000Z","source":"canonical","readingId":"r00000000","latitude":${latitude},"longitude":${longitude},"headingDeg":271,"speedKmh":64.5,"odometerM":512345678,"ignition":true,"engineRpm":1350,"coolantC":88.0,"oilPressureKpa":310,"batteryV":13.90,"fuelPct":61.2}`;
}

const SAMPLE = readingText("T000000", { latitude: AREA.south, longitude: AREA.west });
const placeOf = (name: string): number => SAMPLE.indexOf(`"${name}":`) + name.length + 3;
const LATITUDE_DECIMALS = placeOf("latitude") + "30.".length;
const LONGITUDE_DECIMALS = placeOf("longitude") + "-99.".length;

/** Where in the text the digits begin that differ from reading to reading. */
export const PLACES = {
  time: placeOf("time") + 1,
  readingId: placeOf("readingId") + 2,
  /** The decimals from the third on: up to a hundredth of a degree. */
  latitude: LATITUDE_DECIMALS + 2,
  longitude: LONGITUDE_DECIMALS + 2,
  heading: placeOf("headingDeg") + 1,
  speed: placeOf("speedKmh"),
  odometer: placeOf("odometerM") + 4,
  engine: placeOf("engineRpm") + 1,
  coolant: placeOf("coolantC"),
  oil: placeOf("oilPressureKpa") + 1,
  fuel: placeOf("fuelPct"),
} as const;
