"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { quantityText } from "./stock-words.ts";

/** Where it lies and in which state, and where SAP's own count says something else than its movements. */
export function StorageLocations({ locations }: Pick<StockStory, "locations">) {
  const { text, formats } = usePreferences();
  const { detail } = text.inventory;
  const differing = locations.filter(({ snapshotDiffers }) => snapshotDiffers !== null);
  const isSnapshot = locations.some(({ basis }) => basis === "snapshot");
  const placeOf = (location: string) => location || detail.noLocation;
  if (locations.length === 0) return null;
  return (
    <Section title={detail.locations} aside={formats.number(locations.length)}>
      {differing.map(({ storageLocation, unrestricted, snapshotDiffers }) => (
        <div key={storageLocation} className="stock-differs" role="note">
          <p className="row tone-watch strong small">
            <IconAlertTriangle size={14} aria-hidden="true" /> {detail.differs}
          </p>
          <p className="small">
            {detail.differsAt(
              placeOf(storageLocation),
              quantityText(snapshotDiffers?.unrestricted ?? null, formats),
              quantityText(unrestricted, formats),
            )}
          </p>
          {snapshotDiffers && <Source {...snapshotDiffers.record} />}
        </div>
      ))}
      {isSnapshot && <p className="small faint">{detail.snapshotBasis}</p>}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{detail.location}</th>
            {[detail.unrestricted, detail.quality, detail.blocked].map((head) => (
              <th key={head} scope="col" className="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {locations.map((stock) => (
            <tr key={stock.storageLocation}>
              <th scope="row">{placeOf(stock.storageLocation)}</th>
              <td className="num strong">{quantityText(stock.unrestricted, formats)}</td>
              <td className="num">{quantityText(stock.qualityInspection, formats)}</td>
              <td className="num">{quantityText(stock.blocked, formats)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
