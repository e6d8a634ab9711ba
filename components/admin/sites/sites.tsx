"use client";

import { ActionIcon, SegmentedControl } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Map as MapLibre } from "maplibre-gl";
import { useCallback, useMemo, useState } from "react";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { useAddress } from "@/components/admin/settings/use-address.ts";
import { sitesQuery } from "@/components/fleet/vehicle-queries.ts";
import { parseMapView, writeMapView } from "@/components/map/map-address.ts";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import type { Fence, FenceShape } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";
import { type Draft, type FromMap, NO_DRAFT, type OnMap } from "./draft.ts";
import { FenceEditor } from "./fence-editor.tsx";
import { roundDegrees } from "./shapes.ts";
import { SiteDetail } from "./site-detail.tsx";
import { SiteList } from "./site-list.tsx";
import { circleAround } from "./site-overlay.ts";
import { fencesQuery } from "./site-queries.ts";
import { SitesMap } from "./sites-map.tsx";
import { NEW_FENCE, type SitesAddress, USUAL_VIEW } from "./sites-view.ts";
import "./sites.css";

const NO_SITES: readonly Site[] = [];
const NO_FENCES: readonly Fence[] = [];
const FIRST_RADIUS_M = 5_000;

/** Places and fences: map and table of all, and the form of the one that is open. All of it is in the address. */
export function Sites() {
  const { sites: words } = useText();
  const [address, change] = useAddress(USUAL_VIEW);
  const sites = useQuery(sitesQuery());
  const fences = useQuery(fencesQuery());
  const [map, setMap] = useState<MapLibre | null>(null);
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const [fromMap, setFromMap] = useState<FromMap | null>(null);
  const middle = useCallback(() => {
    const center = map?.getCenter();
    return center ? { latitude: roundDegrees(center.lat), longitude: roundDegrees(center.lng) } : null;
  }, [map]);
  const onMap = useMemo((): OnMap => ({ onDraft: setDraft, fromMap, middle }), [fromMap, middle]);
  const open = useMemo(
    () => openOf(address, sites.data ?? NO_SITES, fences.data ?? NO_FENCES),
    [address, sites.data, fences.data],
  );
  const choose = (part: Pick<SitesAddress, "site" | "fence">) => {
    // What was done on the map belonged to what was open.
    setFromMap(null);
    change(part);
  };
  const close = () => choose({ site: "", fence: "" });
  useShortcut("close", close);
  const isOpen = address.site !== "" || address.fence !== "";
  return (
    <div className="sites" data-pane={address.pane} data-detail={isOpen}>
      <SegmentedControl
        className="sites-switch"
        size="xs"
        fullWidth
        aria-label={words.switchView}
        value={address.pane}
        onChange={(pane) => change({ pane })}
        data={[
          { value: "list", label: words.showList },
          { value: "map", label: words.showMap },
        ]}
      />
      <div className="sites-map">
        <SitesMap
          sites={sites.data ?? NO_SITES}
          fences={fences.data ?? NO_FENCES}
          chosen={open.key === null ? null : { key: open.key, shape: open.shape }}
          draft={draft}
          view={parseMapView(address.map || null)}
          map={map}
          onMap={setMap}
          onView={(view) => change({ map: writeMapView(view) })}
          onChoose={(key) => {
            const id = key.slice(key.indexOf(":") + 1);
            choose(key.startsWith("site:") ? { site: id, fence: "" } : { site: "", fence: id });
          }}
          onFromMap={setFromMap}
        />
      </div>
      <div className="sites-table-pane">
        <ListStates query={sites.isPending || sites.error ? sites : fences}>
          <SiteList
            address={address}
            change={change}
            sites={sites.data ?? NO_SITES}
            fences={fences.data ?? NO_FENCES}
          />
        </ListStates>
      </div>
      {isOpen && sites.isSuccess && fences.isSuccess && (
        <Opened open={open} address={address} onMap={onMap} onChoose={choose} onClose={close} />
      )}
    </div>
  );
}

type Open = {
  site: Site | null;
  fence: Fence | null;
  /** The fence that stands for the site's circle. */
  siteFence: Fence | undefined;
  key: string | null;
  shape: FenceShape | null;
};

function openOf(address: SitesAddress, sites: readonly Site[], fences: readonly Fence[]): Open {
  const site = sites.find(({ id }) => id === address.site) ?? null;
  const fence = fences.find(({ id }) => id === address.fence) ?? null;
  const siteFence = site ? fences.find(({ siteId }) => siteId === site.id) : undefined;
  if (site) return { site, fence, siteFence, key: `site:${site.id}`, shape: siteFence?.shape ?? circleAround(site) };
  return { site, fence, siteFence, key: fence && `fence:${fence.id}`, shape: fence?.shape ?? null };
}

type OpenedProps = {
  open: Open;
  address: SitesAddress;
  onMap: OnMap;
  onChoose(part: Pick<SitesAddress, "site" | "fence">): void;
  onClose(): void;
};

function Opened({ open, address, onMap, onChoose, onClose }: OpenedProps) {
  const { site, fence, siteFence, shape } = open;
  const isNew = address.fence === NEW_FENCE;
  if (fence || isNew) {
    const around = onMap.middle() ?? { latitude: 39.5, longitude: -98.35 };
    return (
      <FenceEditor
        key={`${address.site}/${address.fence}/${fence?.version}`}
        fence={fence}
        site={site}
        first={shape ?? { kind: "circle", ...around, radiusM: FIRST_RADIUS_M }}
        onDone={(saved) => onChoose({ site: address.site, fence: site ? "" : (saved?.id ?? "") })}
        {...onMap}
      />
    );
  }
  if (site)
    return (
      <SiteDetail
        key={site.id}
        site={site}
        fence={siteFence}
        onMap={onMap}
        onFence={(id) => onChoose({ site: site.id, fence: id })}
        onClose={onClose}
      />
    );
  return <Missing address={address} onClose={onClose} />;
}

function Missing({ address, onClose }: { address: SitesAddress; onClose: () => void }) {
  const { sites: words } = useText();
  const isSite = address.fence === "";
  return (
    <section className="panel sites-detail" aria-label={words.detail.label(address.site)}>
      <div className="panel-head">
        <span className="grow" />
        <ActionIcon aria-label={words.close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <ProblemState
        title={isSite ? words.detail.missing(address.site) : words.fence.missing}
        reason={isSite ? words.detail.missingBody : words.fence.missingBody}
        stillWorks=""
      />
    </section>
  );
}
