"use client";

import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconBuildingFactory2, IconDownload, IconSearch, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { Blank } from "@/components/ui/blank.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { Fence } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";
import { ImportSites } from "./import-sites.tsx";
import { NewSite } from "./new-site.tsx";
import { editedText, fenceText, kindText, placeText, shapeWords } from "./site-words.ts";
import { NEW_FENCE, SHOWS, type SitesAddress, shownFences, shownSites, showOf } from "./sites-view.ts";
import { VirtualTable } from "./virtual-table.tsx";

const ROW_HEIGHT = 36;

type SiteListProps = {
  address: SitesAddress;
  change(part: Partial<SitesAddress>): void;
  sites: readonly Site[];
  fences: readonly Fence[];
};

/** Search, filters and the table of sites, or of the fences of their own. */
export function SiteList({ address, change, sites, fences }: SiteListProps) {
  const { text, formats } = usePreferences();
  const { sites: words } = text;
  const [dialog, setDialog] = useState<"none" | "new" | "import">("none");
  const show = showOf(address);
  const isFences = show === "fences";
  const foundSites = isFences ? [] : shownSites(sites, show, address.q);
  const foundFences = isFences ? shownFences(fences, address.q) : [];
  const found = isFences ? foundFences.length : foundSites.length;
  const all = isFences ? fences.filter(({ siteId }) => siteId === null).length : sites.length;
  useShortcut("search", () => document.getElementById("sites-search")?.focus());
  const step = (by: 1 | -1) => {
    const ids = isFences ? foundFences.map(({ id }) => id) : foundSites.map(({ id }) => id);
    const at = ids.indexOf(isFences ? address.fence : address.site);
    const next = ids[Math.max(0, Math.min(ids.length - 1, at < 0 ? 0 : at + by))];
    if (next !== undefined) change(isFences ? { site: "", fence: next } : { site: next, fence: "" });
  };
  useShortcut("next", () => step(1));
  useShortcut("previous", () => step(-1));
  return (
    <div className="panel sites-list">
      <div className="sites-tools">
        <TextInput
          id="sites-search"
          aria-label={words.search}
          placeholder={words.find}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={address.q}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
        <SegmentedControl
          size="xs"
          aria-label={words.show}
          value={show}
          onChange={(value) => change({ show: value })}
          data={SHOWS.map((value) => ({ value, label: words.shows[value] }))}
        />
        <span className="small faint grow" role="status">
          {words.count(formats.number(found), formats.number(all))}
        </span>
        <Button
          component="a"
          href="/api/v1/sites/export.csv"
          download
          leftSection={<IconDownload size={14} aria-hidden="true" />}
        >
          {words.export}
        </Button>
        <Button leftSection={<IconUpload size={14} aria-hidden="true" />} onClick={() => setDialog("import")}>
          {words.import}
        </Button>
        <Button onClick={() => change({ site: "", fence: NEW_FENCE })}>{words.newFence}</Button>
        <Button variant="filled" onClick={() => setDialog("new")}>
          {words.newSite}
        </Button>
      </div>
      {found === 0 ? (
        <NothingFound isFiltered={all > 0} isFences={isFences} onClear={() => change({ q: "", show: "sites" })} />
      ) : isFences ? (
        <FenceTable fences={foundFences} address={address} change={change} />
      ) : (
        <SiteTable sites={foundSites} fences={fences} address={address} change={change} />
      )}
      <NewSite
        opened={dialog === "new"}
        onClose={() => setDialog("none")}
        onMade={({ id }) => change({ q: "", show: "sites", site: id, fence: "" })}
      />
      <ImportSites opened={dialog === "import"} onClose={() => setDialog("none")} />
    </div>
  );
}

type NothingFoundProps = { isFiltered: boolean; isFences: boolean; onClear: () => void };

function NothingFound({ isFiltered, isFences, onClear }: NothingFoundProps) {
  const { sites: words } = usePreferences().text;
  const title = isFiltered ? words.filtered : isFences ? words.emptyFences : words.empty;
  const body = isFiltered ? "" : isFences ? words.emptyFencesBody : words.emptyBody;
  return (
    <Blank icon={<IconBuildingFactory2 size={24} aria-hidden="true" />} title={title} body={body}>
      {isFiltered && <Button onClick={onClear}>{words.clear}</Button>}
    </Blank>
  );
}

type TableProps<Row> = Pick<SiteListProps, "address" | "change"> & Row;

function SiteTable({ sites, fences, address, change }: TableProps<Pick<SiteListProps, "sites" | "fences">>) {
  const { text, formats } = usePreferences();
  const { columns, noPlace } = text.sites;
  const ofSite = new Map(fences.map((fence) => [fence.siteId, fence]));
  return (
    <VirtualTable
      label={text.sites.label}
      head={[columns.id, columns.name, columns.kind, columns.place, columns.zone, columns.fence, columns.edited]}
      rows={sites}
      rowHeight={ROW_HEIGHT}
      keyOf={({ id }) => id}
      selected={address.site}
      cells={(site) => (
        <>
          <td className="mono">
            <button
              type="button"
              className="row-button"
              aria-pressed={site.id === address.site}
              onClick={() => change({ site: site.id, fence: "" })}
            >
              {site.id}
            </button>
          </td>
          <td className="clip strong">{site.name}</td>
          <td className="wide">{kindText(site.kind, text)}</td>
          <td>{placeText(site, { text, formats }) ?? <Status level="unknown" word={noPlace} />}</td>
          <td className="wide dim">{site.timeZone ?? text.missing}</td>
          <td className="wide dim">{fenceText(site, ofSite.get(site.id), { text, formats })}</td>
          <td className="wide dim">{editedText(site, text)}</td>
        </>
      )}
    />
  );
}

function FenceTable({ fences, address, change }: TableProps<Pick<SiteListProps, "fences">>) {
  const { text, formats } = usePreferences();
  return (
    <VirtualTable
      label={text.sites.shows.fences}
      head={[text.sites.columns.name, text.sites.columns.area]}
      rows={fences}
      rowHeight={ROW_HEIGHT}
      keyOf={({ id }) => id}
      selected={address.fence}
      cells={({ id, name, shape }) => (
        <>
          <td className="strong">
            <button
              type="button"
              className="row-button"
              aria-pressed={id === address.fence}
              onClick={() => change({ site: "", fence: id })}
            >
              {name}
            </button>
          </td>
          <td className="dim">{shapeWords(shape, { text, formats })}</td>
        </>
      )}
    />
  );
}
