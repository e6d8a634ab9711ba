"use client";

import { Amount } from "@/components/ui/amount.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { measureName, measureQuantities } from "./measures.ts";

/** Every measure the vehicle has reported, each with its own age: a source may send one measure a record. */
export function MeasuresTable({ vehicle, nowMs }: { vehicle: Vehicle; nowMs: number }) {
  const { text, formats } = usePreferences();
  const { detail } = text;
  const measures = Object.entries(vehicle.measures).map(([name, { value, time }]) => ({
    name: measureName(name, text),
    quantities: measureQuantities(name, value, formats, text),
    ageMs: nowMs - Date.parse(time),
  }));
  measures.sort((one, other) => one.name.localeCompare(other.name));
  return (
    <Section title={detail.measures} aside={formats.number(measures.length)}>
      {measures.length === 0 ? (
        <p className="small faint">{detail.noMeasures}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{detail.measure}</th>
              <th scope="col" className="num">
                {detail.value}
              </th>
              <th scope="col" className="num">
                {detail.age}
              </th>
            </tr>
          </thead>
          <tbody>
            {measures.map(({ name, quantities, ageMs }) => (
              <tr key={name}>
                <td>{name}</td>
                <td className="num">
                  {quantities.map((quantity, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: compartments have no other name than their place
                    <span key={index} className="measure-value">
                      <Amount quantity={quantity} />
                    </span>
                  ))}
                </td>
                <td className="num faint">{formats.age(ageMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
