import type { Random } from "../random.ts";

export type Material = {
  /** MATNR in its internal form: numbers of digits are padded to 18 places, others are not. */
  number: string;
  text: string;
  /** Base unit, and the unit it is sold in with how many base units that is. */
  unit: string;
  salesUnit: string;
  perSalesUnit: number;
  weightKg: number;
  priceDollars: number;
  /** MTART and MATKL. */
  type: "FERT" | "HALB" | "ROH" | "HAWA";
  group: string;
  /** Kept everywhere, moved between the sites; others are at home at a few. */
  isCore: boolean;
  /** Marked for deletion: kept nowhere. */
  isObsolete: boolean;
};

const MATERIALS = { perVehicle: 0.08, min: 24, max: 400 };
const CORE_SHARE = 0.05;
const CORE_MIN = 4;
const OBSOLETE = 2;

/** Group, type, unit, kilograms and dollars of one unit, what it is, and the variants there are. */
const RANGES = [
  ["PACK", "HAWA", "ROL", 12, 31, "Pallet wrap", "300 mm|400 mm|500 mm|600 mm|750 mm"],
  ["PACK", "HAWA", "ST", 0.6, 2, "Corrugated box", "200x150|300x200|400x300|600x400|800x600"],
  ["BRAK", "FERT", "EA", 4.2, 68, "Brake pad set", "front|rear|heavy|light|ceramic"],
  ["FILT", "FERT", "EA", 1.4, 27, "Air filter element", "A100|A140|A180|A220|A260"],
  ["FROZ", "FERT", "EA", 10, 14, "Frozen peas", "1 kg|2 kg|5 kg|10 kg|20 kg"],
  ["CHEE", "FERT", "KG", 1, 8, "Cheddar block", "mild|medium|sharp|smoked|aged"],
  ["HYDR", "FERT", "EA", 31, 840, "Hydraulic pump", "HP10|HP16|HP25|HP40|HP63"],
  ["BEAR", "HAWA", "ST", 0.2, 9, "Bearing", "6203|6204|6205|6206|6207"],
  ["HOME", "FERT", "EA", 8.4, 17, "Laundry detergent", "2 l|4 l|6 l|8 l|10 l"],
  ["HOME", "FERT", "ST", 3.1, 11, "Paper towels", "2 rolls|4 rolls|6 rolls|8 rolls|12 rolls"],
  ["RAWM", "ROH", "KG", 1, 3, "Polymer granulate", "PE-LD|PE-HD|PP|PET|PA6"],
  ["STEE", "ROH", "KG", 1, 2, "Steel coil", "0.8 mm|1.0 mm|1.5 mm|2.0 mm|3.0 mm"],
  ["MOTO", "HALB", "EA", 18, 220, "Electric motor", "0.5 kW|1.1 kW|2.2 kW|4.0 kW|7.5 kW"],
  ["VALV", "FERT", "EA", 2.6, 54, "Ball valve", "DN15|DN20|DN25|DN40|DN50"],
  ["PAIN", "FERT", "L", 1.3, 12, "Wall paint", "white|cream|grey|sand|stone"],
  ["TYRE", "HAWA", "EA", 52, 310, "Truck tyre", "295/75|11R22|275/80|315/80|385/65"],
] as const;

/** What the company makes, buys and sells: the more vehicles, the more materials, up to 400. */
export function createMaterials(vehicles: number, random: Random): Material[] {
  const wished = Math.round(vehicles * MATERIALS.perVehicle);
  const count = Math.min(MATERIALS.max, Math.max(MATERIALS.min, wished));
  const core = Math.max(CORE_MIN, Math.round(count * CORE_SHARE));
  return Array.from({ length: count }, (_, index): Material => {
    const [group, type, unit, weightKg, priceDollars, name, variants] = RANGES[index % RANGES.length]!;
    const round = Math.floor(index / RANGES.length);
    const variant = variants.split("|")[round % 5]!;
    const series = round < 5 ? "" : ` series ${Math.floor(round / 5) + 1}`;
    const isCarton = index % 25 === 9;
    return {
      number: numberOf(index, group),
      text: `${name} ${variant}${series}`,
      unit,
      salesUnit: isCarton ? "KAR" : unit,
      perSalesUnit: isCarton ? 12 : 1,
      weightKg,
      priceDollars: Math.round(priceDollars * random.between(0.7, 1.4) * 100) / 100,
      type,
      group,
      isCore: index < core,
      isObsolete: index >= count - OBSOLETE,
    };
  });
}

/** Every eleventh has a number with letters, which SAP does not pad. */
function numberOf(index: number, group: string): string {
  if (index % 11 === 6) return `${group}-${String(1000 + index * 7)}-${String.fromCharCode(65 + (index % 5))}`;
  return String(104_711 + index * 53).padStart(18, "0");
}
