import type { Quantity } from "./formats.ts";

/** A number with its unit set faint beside it. */
export function Amount({ quantity, strong = false }: { quantity: Quantity; strong?: boolean }) {
  return (
    <span className="nowrap">
      {strong ? <b>{quantity.value}</b> : quantity.value}
      {quantity.unit && <span className="unit">{`\u00a0${quantity.unit}`}</span>}
    </span>
  );
}
