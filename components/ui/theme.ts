import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { en } from "@/components/messages/en.ts";

/** The design tokens. CSS reads `var(--wh-*)`; the map and the charts, which cannot, take `tokens[scheme]`. */
export type Scheme = "dark" | "light";

export const tokens = {
  dark: {
    canvas: "#0b0e13", // behind everything, and the map's sea
    panel: "#11151c", // docked panels, tables
    raised: "#181d26", // menus, toasts, inputs
    hover: "#1b212c",
    line: "#232a36", // hairlines inside a panel
    lineStrong: "#343d4d", // panel edges, buttons
    control: "#5f6c83", // borders that alone say "type here": 3:1 against the panel
    text: "#e8ecf3",
    dim: "#aab4c5", // secondary words
    faint: "#8592a8", // captions, units, ages
    accent: "#6ea8fe", // selection, links, now: the only hue that is never a status
    accentFill: "#2f6fed",
    accentSoft: "#16243d",
    critical: "#ff6b6b",
    criticalSoft: "#331a1f",
    high: "#ff9d4d",
    highSoft: "#33231a",
    watch: "#f2c94c",
    watchSoft: "#2d2818",
    normal: "#8fa0ba", // on time, healthy: quiet on purpose
    good: "#56c596", // only for "target met", "recovered", "source current"
    goodSoft: "#14291f",
    unknown: "#9b93b8",
    unknownSoft: "#221f2d",
  },
  light: {
    canvas: "#f3f5f8",
    panel: "#ffffff",
    raised: "#ffffff",
    hover: "#f1f4f8",
    line: "#e4e8ee",
    lineStrong: "#c9d1dc",
    control: "#8390a4",
    text: "#141a24",
    dim: "#46536a",
    faint: "#5f6c82",
    accent: "#1a5fd0",
    accentFill: "#1a5fd0",
    accentSoft: "#e8f0fd",
    critical: "#c81e2e",
    criticalSoft: "#fdecec",
    high: "#b34a00",
    highSoft: "#fdf0e5",
    watch: "#856000",
    watchSoft: "#faf3dc",
    normal: "#5b6b85",
    good: "#157a48",
    goodSoft: "#e6f5ec",
    unknown: "#665b8c",
    unknownSoft: "#efedf6",
  },
} as const;

export type Token = keyof (typeof tokens)["dark"];

const signal: MantineColorsTuple = [
  "#e8f0fd",
  "#cfe0fc",
  "#a5c6fb",
  "#8ab7fd",
  "#6ea8fe",
  "#4a8df6",
  "#2f6fed",
  "#1a5fd0",
  "#164fae",
  "#123f8a",
];

/** Mantine derives its own dark surfaces from this tuple: 0 is text, 4 borders, 6 inputs, 7 the body. */
const ink: MantineColorsTuple = [
  "#e8ecf3",
  "#c6cedb",
  "#aab4c5",
  "#8592a8",
  "#343d4d",
  "#232a36",
  "#181d26",
  "#11151c",
  "#0b0e13",
  "#07090d",
];

export const theme = createTheme({
  primaryColor: "signal",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { signal, dark: ink },
  fontFamily: 'var(--font-geist-sans), system-ui, -apple-system, "Segoe UI", sans-serif',
  fontFamilyMonospace: 'var(--font-geist-mono), ui-monospace, "SF Mono", Menlo, monospace',
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "15px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "16px", md: "20px", lg: "24px", xl: "28px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  shadows: {
    sm: "0 1px 2px rgb(0 0 0 / 12%)",
    md: "0 4px 16px rgb(0 0 0 / 24%)",
    lg: "0 12px 40px rgb(0 0 0 / 40%)",
  },
  components: {
    Button: { defaultProps: { size: "xs", variant: "default" } },
    ActionIcon: { defaultProps: { size: 28, variant: "subtle", color: "gray" } },
    TextInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Menu: { defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: 120, transition: "fade" } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": en.help.close } } },
    // A dialog leaves at once: until it is gone, the keys of the page belong to it.
    Modal: {
      defaultProps: {
        shadow: "lg",
        radius: "md",
        transitionProps: { duration: 120, exitDuration: 0, transition: "fade" },
      },
    },
  },
});

const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function variablesOf(scheme: Scheme): Record<string, string> {
  const own = Object.entries(tokens[scheme]).map(([name, value]) => [`--wh-${kebabCase(name)}`, value]);
  const { canvas, lineStrong, raised, faint, dim, text, critical } = tokens[scheme];
  return {
    ...Object.fromEntries(own),
    "--mantine-color-body": canvas,
    "--mantine-color-text": text,
    "--mantine-color-default": raised,
    "--mantine-color-default-border": lineStrong,
    "--mantine-color-placeholder": faint,
    "--mantine-color-dimmed": dim,
    "--mantine-color-error": critical,
  };
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  dark: variablesOf("dark"),
  light: variablesOf("light"),
});
