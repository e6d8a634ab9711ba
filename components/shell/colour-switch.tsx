"use client";

import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useText } from "@/components/ui/preferences.tsx";

/** Dark or light, in the bar; a phone has it in the person's menu alone. */
export function ColourSwitch() {
  const text = useText();
  const { word, change } = useColours();
  return (
    <Tooltip label={word}>
      <ActionIcon className="colour-switch" aria-label={text.shell.colours} onClick={change}>
        <ColourIcon />
      </ActionIcon>
    </Tooltip>
  );
}

/** The same in a menu. */
export function ColourItem() {
  const { word, change } = useColours();
  return (
    <Menu.Item leftSection={<ColourIcon />} onClick={change}>
      {word}
    </Menu.Item>
  );
}

function useColours() {
  const { shell } = useText();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("dark", { getInitialValueInEffect: true }) === "dark";
  return {
    word: isDark ? shell.lightColours : shell.darkColours,
    change: () => setColorScheme(isDark ? "light" : "dark"),
  };
}

/** Both icons are drawn and CSS picks one, so that the server's picture is never the wrong one. */
function ColourIcon() {
  return (
    <>
      <IconSun size={16} className="only-dark" aria-hidden="true" />
      <IconMoon size={16} className="only-light" aria-hidden="true" />
    </>
  );
}
