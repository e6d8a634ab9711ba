"use client";

import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { makeFormats } from "@/components/ui/formats.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ZONES, type ZoneChoice } from "@/components/ui/preferences-cookie.ts";
import { usePause } from "./pause.tsx";
import { useTowerState } from "./use-tower-state.ts";

/** One control: whether this is now, which moment it is, in which zone it is told, and the pause. */
export function Clock() {
  const { text, formats } = usePreferences();
  const { pausedSinceMs, toggle } = usePause();
  const { clock, asOfMs } = useTowerState();
  const paused = pausedSinceMs !== null;
  return (
    <section className="clock" aria-label={text.clock.label}>
      <span className="strong">
        <span className="live-dot" data-state={clock} />
        {text.clock.states[clock]}
      </span>
      <span className="clock-moment">
        <span className="faint clock-word">{text.clock.asOf}</span>
        {asOfMs === null ? (
          text.missing
        ) : (
          <>
            <span className="clock-long">{formats.moment(asOfMs)}</span>
            <span className="clock-short">{formats.timeOfDay(asOfMs)}</span>
            <span className="clock-short-zone">{formats.zone(asOfMs)}</span>
          </>
        )}
      </span>
      <ZoneMenu atMs={asOfMs ?? 0} />
      <button
        type="button"
        className="clock-pause"
        onClick={toggle}
        aria-label={paused ? text.clock.resume : text.clock.pause}
      >
        {paused ? <IconPlayerPlay size={14} aria-hidden="true" /> : <IconPlayerPause size={14} aria-hidden="true" />}
      </button>
    </section>
  );
}

function ZoneMenu({ atMs }: { atMs: number }) {
  const { text, formats, zone, zoneHere, siteZone, change } = usePreferences();
  const nameOf = (timeZone: string) =>
    makeFormats({ locale: "en-US", units: "us", timeZone, messages: text }).zone(atMs);
  const words: Record<ZoneChoice, string> = {
    here: text.clock.zoneHere(nameOf(zoneHere)),
    site: siteZone === null ? text.clock.zoneNoSite : text.clock.zoneSite(nameOf(siteZone)),
    utc: text.clock.zoneUtc,
  };
  const shown = formats.zone(atMs);
  return (
    <Menu position="bottom-end" alignItemsLabels="all">
      <Menu.Target>
        <button type="button" className="clock-zone" aria-label={text.clock.zone(shown)}>
          {shown} <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ZONES.map((choice) => (
          <Menu.RadioItem
            key={choice}
            value={choice}
            checked={zone === choice}
            checkIcon={<IconCheck size={14} aria-hidden="true" />}
            closeMenuOnClick
            onChange={() => change({ zone: choice })}
          >
            {words[choice]}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
