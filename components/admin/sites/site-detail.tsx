"use client";

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Facts } from "@/components/ui/facts.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Source } from "@/components/ui/source.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { Fence } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";
import type { OnMap } from "./draft.ts";
import { SiteFence } from "./site-fence.tsx";
import { SiteForm } from "./site-form.tsx";
import { SiteHistory } from "./site-history.tsx";
import { kindText, placeText } from "./site-words.ts";

type SiteDetailProps = {
  site: Site;
  fence: Fence | undefined;
  onMap: OnMap;
  onFence(id: string): void;
  onClose(): void;
};

/** One site: where it is, what an admin may set of it, its fence, and who changed what. */
export function SiteDetail({ site, fence, onMap, onFence, onClose }: SiteDetailProps) {
  const { text, formats } = usePreferences();
  const { detail, close, columns, noPlace } = text.sites;
  const nowMs = useServerNow();
  return (
    <section className="panel sites-detail" aria-label={detail.label(site.id)}>
      <div className="panel-head">
        <h2 className="title grow clip">{site.name}</h2>
        <ActionIcon aria-label={close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        <div className="section">
          <Facts
            rows={[
              [
                columns.id,
                <span key="id" className="mono">
                  {site.id}
                </span>,
              ],
              [columns.kind, kindText(site.kind, text)],
              [
                columns.place,
                placeText(site, { text, formats }) ?? <Status key="place" level="unknown" word={noPlace} />,
              ],
              [
                detail.source,
                site.record ? (
                  <span key="source">
                    <Source {...site.record} />{" "}
                    <span className="faint">{formats.time(site.record.timestamp, nowMs)}</span>
                  </span>
                ) : (
                  detail.noSource
                ),
              ],
            ]}
          />
        </div>
        <SiteForm key={site.version} site={site} fence={fence} {...onMap} />
        <SiteFence site={site} fence={fence} onEdit={onFence} />
        <SiteHistory subject={`site:${site.id}`} />
      </div>
    </section>
  );
}
