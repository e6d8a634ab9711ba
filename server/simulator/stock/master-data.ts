import { type Books, type SapRecord, sapRecord } from "../documents/books.ts";
import type { Schedule } from "../documents/paperwork.ts";
import { quantityText, THOUSAND } from "../documents/quantities.ts";
import { CLIENT, sapDate } from "../documents/sap-tables.ts";
import type { Random } from "../random.ts";
import type { Material } from "./materials.ts";
import type { Assortment, Position } from "./positions.ts";

const CREATED_MS = Date.UTC(2021, 5, 1);
const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const TOLD_MS = { from: 200, to: 12 * SECOND_MS };
const CHANGE_EVERY_MS = 0.5 * HOUR_MS;

export type MasterData = ReturnType<typeof createMasterData>;

/** What materials are called and how they are to be kept: loaded at the beginning, changed now and then. */
export function createMasterData(deps: {
  /** The moment so long after the beginning, told at the pace of this company. */
  openingAt(ms: number): number;
  assortment: Assortment;
  books: Books;
  random: Random;
  schedule: Schedule;
}) {
  const { openingAt, assortment, books, random, schedule } = deps;
  const general = new Map(assortment.materials.map((material) => [material, materialRow(material)]));
  const texts = assortment.materials.flatMap(textRows);
  const atSites = new Map(assortment.all.map((position) => [position, siteRow(position)]));

  function begin(): void {
    const rows = [...general.values(), ...texts, ...atSites.values()];
    rows.forEach((record, index) => {
      const atMs = openingAt(TOLD_MS.from + ((TOLD_MS.to - TOLD_MS.from) * index) / rows.length);
      schedule(atMs, (now) => books.load([record], now));
    });
    const change = (now: number) => {
      if (random.chance(0.8)) changeReorderPoint(now);
      else markObsolete(now);
      schedule(now + CHANGE_EVERY_MS, change);
    };
    schedule(openingAt(100 * SECOND_MS), change);
  }

  function changeReorderPoint(now: number): void {
    const position = random.pick(assortment.all);
    const days = random.whole(4, 8);
    position.reorder = position.safety + days * position.perDay;
    books.update(atSites.get(position)!, { MINBE: quantityText(position.reorder) }, now);
  }

  /** A deletion flag: the row stays. */
  function markObsolete(now: number): void {
    const material = assortment.materials.find(({ isObsolete }) => isObsolete);
    const record = material && general.get(material)!;
    if (record?.row.LVORM === "") books.update(record, { LVORM: "X", LAEDA: sapDate(now) }, now);
  }

  return { begin, isMarked: (material: Material): boolean => general.get(material)!.row.LVORM === "X" };
}

function materialRow(material: Material): SapRecord {
  return sapRecord("MARA", {
    MANDT: CLIENT,
    MATNR: material.number,
    ERSDA: sapDate(CREATED_MS),
    MTART: material.type,
    MBRSH: "M",
    MATKL: material.group,
    MEINS: material.unit,
    BRGEW: (material.weightKg * 1.04).toFixed(3),
    NTGEW: material.weightKg.toFixed(3),
    GEWEI: "KG",
    LVORM: "",
    LAEDA: "00000000",
  });
}

/** In English, of some in German too. */
function textRows({ number, text }: Material, index: number): SapRecord[] {
  const row = (language: string, words: string) =>
    sapRecord("MAKT", { MANDT: CLIENT, MATNR: number, SPRAS: language, MAKTX: words, MAKTG: words.toUpperCase() });
  return index % 9 === 2 ? [row("D", `${text} (DE)`), row("E", text)] : [row("E", text)];
}

function siteRow({ material, site, safety, reorder, maximum, perDay }: Position): SapRecord {
  return sapRecord("MARC", {
    MANDT: CLIENT,
    MATNR: material.number,
    WERKS: site.siteId,
    DISPO: "001",
    DISMM: "VB",
    DISLS: "EX",
    PLIFZ: "3",
    WEBAZ: "1",
    EISBE: quantityText(safety),
    MINBE: quantityText(reorder),
    MABST: quantityText(maximum),
    BSTMI: quantityText(Math.max(THOUSAND, perDay)),
    BESKZ: site.kind === "plant" ? "E" : "F",
    MMSTA: "",
    LVORM: "",
  });
}
