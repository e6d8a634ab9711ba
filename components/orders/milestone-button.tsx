"use client";

import { Popover } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { Facts } from "@/components/ui/facts.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { Milestone } from "@/server/contracts/order.ts";
import { differenceWords, milestoneSentence, rangeWords, type WordsContext, whenWords } from "./milestone-words.ts";
import { LANES, type TimelinePoint } from "./timeline-layout.ts";
import { LANE_HEIGHT } from "./timeline-marks.tsx";

/** A milestone on the axis: pressing it opens what it was read from. */
export function MilestoneButton({ point, context }: { point: TimelinePoint; context: WordsContext }) {
  const [opened, setOpened] = useState(false);
  const top = LANES.indexOf(point.lane) * LANE_HEIGHT + LANE_HEIGHT / 2;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !opened) return;
    // It closes the record, not the order.
    event.preventDefault();
    setOpened(false);
  };
  return (
    <li style={{ left: point.x, top }}>
      <Popover opened={opened} onChange={setOpened} position="top" withArrow shadow="md" trapFocus={false} returnFocus>
        <Popover.Target>
          <button
            type="button"
            aria-label={milestoneSentence(point.milestone, context)}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
            onKeyDown={onKeyDown}
          />
        </Popover.Target>
        <Popover.Dropdown className="milestone-record">
          <MilestoneRecord milestone={point.milestone} context={context} />
        </Popover.Dropdown>
      </Popover>
    </li>
  );
}

function MilestoneRecord({ milestone, context }: { milestone: Milestone; context: WordsContext }) {
  const { timeline, steps } = context.text.orders;
  const { planned, actual, expected, varianceMinutes, subject, record } = milestone;
  const rows: (readonly [string, string])[] = [];
  if (planned) rows.push([steps.planned, whenWords(planned, context)]);
  if (actual) rows.push([steps.actual, whenWords(actual, context)]);
  if (!actual && expected) rows.push([steps.expected, rangeWords(expected, context)]);
  if (varianceMinutes !== null) rows.push([steps.difference, differenceWords(varianceMinutes, context)]);
  if (subject) rows.push([steps.subject, subject]);
  return (
    <>
      <p className="heading">
        {timeline.kinds[milestone.kind]} <span className="faint">{timeline.lanes[milestone.source]}</span>
      </p>
      <Facts
        rows={[...rows, [timeline.record, record ? <Source key="record" {...record} /> : timeline.noRecord] as const]}
      />
    </>
  );
}
