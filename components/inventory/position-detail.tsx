"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLink, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMoment } from "@/components/map/moment.ts";
import { usePause } from "@/components/shell/pause.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { storyQuery } from "./inventory-queries.ts";
import { PositionSkeleton } from "./inventory-skeleton.tsx";
import type { InventoryView } from "./inventory-view.ts";
import { Movements } from "./movements.tsx";
import { PositionAnswer } from "./position-answer.tsx";
import { ProjectionChart } from "./projection-chart.tsx";
import { ProjectionTable } from "./projection-table.tsx";
import { StockFlows } from "./stock-flows.tsx";
import { stockLevel } from "./stock-level.ts";
import { answerWords } from "./stock-words.ts";
import { StorageLocations } from "./storage-locations.tsx";
import { useDays } from "./use-days.ts";

/** Times of a chart need no second: it is drawn again once a minute, and when something changed. */
const MINUTE_MS = 60_000;
const TRUCKS_MS = 30_000;

type PositionDetailProps = {
  id: string;
  chart: InventoryView["chart"];
  onChart(chart: InventoryView["chart"]): void;
  siteNameOf(site: string): string;
  timeZoneOf(site: string): string | null;
  onClose(): void;
};

/** The story of one material at one site, the answer first. */
export function PositionDetail({ id, chart, onChart, siteNameOf, timeZoneOf, onClose }: PositionDetailProps) {
  const { text } = usePreferences();
  const { detail } = text.inventory;
  const nowMs = Math.floor(useServerNow() / MINUTE_MS) * MINUTE_MS;
  const { pausedSinceMs } = usePause();
  const { at } = useMoment();
  const {
    data: story,
    error,
    refetch,
  } = useQuery({
    ...storyQuery(id, at),
    // Changes of stock are told by the room; where the trucks are is asked.
    refetchInterval: ({ state }) =>
      pausedSinceMs === null && at === null && state.data?.inTransit.length ? TRUCKS_MS : false,
  });
  const [material, site] = namesOf(id, story);
  const name = siteNameOf(site);
  return (
    <section className="panel list-page-detail inventory-detail" aria-label={detail.label(material, name)}>
      <div className="panel-head position-head-line">
        {story && <LevelMark level={stockLevel(story.position.health)} size={14} />}
        <div className="grow">
          <h2 className="title clip">{story?.position.text ?? material}</h2>
          <p className="small faint clip">{detail.subject(material, name)}</p>
        </div>
        <CopyLink />
        <ActionIcon aria-label={detail.close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        {content()}
      </div>
    </section>
  );

  function content() {
    if (!story) return error ? <DetailFailure error={error} onRetry={() => void refetch()} /> : <PositionSkeleton />;
    return (
      <>
        {error && <p className="list-note small tone-high">{detail.old}</p>}
        <PositionAnswer story={story} />
        <Projection story={story} chart={chart} onChart={onChart} nowMs={nowMs} timeZone={timeZoneOf(site)} />
        <Movements id={id} nowMs={nowMs} />
        <StockFlows story={story} nowMs={nowMs} siteNameOf={siteNameOf} />
        <StorageLocations locations={story.locations} />
      </>
    );
  }
}

/** Material and site as people write them; until the story is here, as the address says. */
function namesOf(id: string, story: StockStory | undefined): [material: string, site: string] {
  if (story) return [story.position.materialDisplay, story.position.site];
  const at = id.lastIndexOf("@");
  return [id.slice(id.indexOf(":") + 1, at).replace(/^0+(?=.)/, ""), id.slice(at + 1)];
}

type ProjectionProps = Pick<PositionDetailProps, "chart" | "onChart"> & {
  story: StockStory;
  nowMs: number;
  timeZone: string | null;
};

function Projection({ story, chart, onChart, nowMs, timeZone }: ProjectionProps) {
  const { text, formats } = usePreferences();
  const days = useDays();
  const { detail } = text.inventory;
  if (story.projection.length === 0)
    return (
      <Section title={detail.projection}>
        <p className="small faint">{detail.noProjection}</p>
      </Section>
    );
  const isTable = chart === "table";
  return (
    <Section
      title={detail.projection}
      aside={
        <>
          {detail.projectionUnit(story.position.unit)} ·{" "}
          <button type="button" className="link" onClick={() => onChart(isTable ? "chart" : "table")}>
            {isTable ? detail.showChart : detail.showTable}
          </button>
        </>
      }
    >
      {isTable ? (
        <ProjectionTable projection={story.projection} />
      ) : (
        <ProjectionChart
          story={story}
          nowMs={nowMs}
          timeZone={timeZone}
          words={answerWords(story.position, text, days, formats)}
        />
      )}
    </Section>
  );
}

function CopyLink() {
  const { detail } = usePreferences().text.inventory;
  const copy = async () => {
    const message = await navigator.clipboard.writeText(window.location.href).then(
      () => detail.copied,
      () => detail.copyFailed,
    );
    notifications.show({ message, role: "status", autoClose: 3_000 });
  };
  return (
    <Tooltip label={detail.copyLink}>
      <ActionIcon aria-label={detail.copyLink} onClick={copy}>
        <IconLink size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function DetailFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { text } = usePreferences();
  const { detail, stillWorks } = text.inventory;
  if (error instanceof ApiFailure && error.status === 404)
    return <ProblemState title={detail.notFound} reason={detail.notFoundBody} stillWorks="" />;
  return (
    <ProblemState
      title={detail.failed}
      reason={failureWords(error, text)}
      stillWorks={stillWorks}
      reference={error instanceof ApiFailure ? error.reference : undefined}
      onRetry={onRetry}
    />
  );
}
