import type { StockType } from "../../domain/stock.ts";
import { quantityText } from "../documents/quantities.ts";
import type { StockPlace } from "../stock/ledger.ts";

/** Decimal text with three places, in the base unit. `snapshot` is what MARD says, where it is told. */
export type TrueStock = {
  material: string;
  site: string;
  storageLocation: string;
  unit: string;
  quantities: Record<StockType, string>;
  movements: number;
  snapshot: { unrestricted: string; differs: boolean } | null;
};

export function stockTruth({ material, site, location, quantities, movements, snapshot }: StockPlace): TrueStock {
  return {
    material: material.number,
    site,
    storageLocation: location,
    unit: material.unit,
    quantities: {
      unrestricted: quantityText(quantities.unrestricted),
      qualityInspection: quantityText(quantities.qualityInspection),
      blocked: quantityText(quantities.blocked),
      inTransit: quantityText(quantities.inTransit),
    },
    movements,
    snapshot: snapshot && {
      unrestricted: quantityText(quantities.unrestricted + snapshot.apartBy),
      differs: snapshot.apartBy !== 0,
    },
  };
}
