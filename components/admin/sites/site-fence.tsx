"use client";

import { Button } from "@mantine/core";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { Fence } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";
import { circleAround } from "./site-overlay.ts";
import { shapeWords } from "./site-words.ts";
import { NEW_FENCE } from "./sites-view.ts";
import { useRemoveFence } from "./use-remove-fence.ts";

type SiteFenceProps = { site: Site; fence: Fence | undefined; onEdit(id: string): void };

/** Where arrivals and departures of a site are seen: its circle, or what was drawn in its place. */
export function SiteFence({ site, fence, onEdit }: SiteFenceProps) {
  const { text, formats } = usePreferences();
  const { fence: words } = text.sites;
  const remove = useRemoveFence(() => {});
  const circle = circleAround(site);
  const told = fence
    ? words.isDrawn(shapeWords(fence.shape, { text, formats }))
    : circle?.kind === "circle"
      ? words.isCircle(`${formats.shortDistance(circle.radiusM).value} ${formats.shortDistance(circle.radiusM).unit}`)
      : words.none;
  return (
    <Section title={words.title}>
      <p className="small dim">{told}</p>
      <div className="sites-actions">
        <Button onClick={() => onEdit(fence?.id ?? NEW_FENCE)}>{fence ? words.edit : words.draw}</Button>
        {fence && (
          <Button loading={remove.isPending} onClick={() => remove.mutate(fence)}>
            {words.remove}
          </Button>
        )}
      </div>
    </Section>
  );
}
