import { AppError } from "../../platform/errors.ts";
import type { InventoryIndex } from "./inventory-index.ts";

/** While stock is being read after a start, an answer would be of a part of it: the caller is asked to come again. */
export function requireComplete(inventory: InventoryIndex): void {
  if (!inventory.isComplete())
    throw new AppError("unavailable", "stock is still being read, try again in a moment", {
      fields: [{ path: "/stock", message: "is being read after a start" }],
    });
}
