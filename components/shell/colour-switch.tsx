"use client";

import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useText } from "@/components/ui/preferences.tsx";

/** Dark or light. Both icons are drawn and CSS picks one, so that the server's picture is never the wrong one. */
export function ColourSwitch() {
  const text = useText();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: true });
  return (
    <Tooltip label={scheme === "dark" ? text.shell.lightColours : text.shell.darkColours}>
      <ActionIcon aria-label={text.shell.colours} onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}>
        <IconSun size={16} className="only-dark" aria-hidden="true" />
        <IconMoon size={16} className="only-light" aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
