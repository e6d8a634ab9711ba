const FONT_PIXELS = 12;
/** Of the font's size; only where nothing can be measured, and rather too wide than too narrow. */
const CHARACTER_WIDTH = 0.6;

let context: CanvasRenderingContext2D | null | undefined;

/** Width of a label's line in pixels, in the font of the page. */
export function measureLabel(text: string, part: "title" | "detail"): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * FONT_PIXELS * CHARACTER_WIDTH;
  context.font = `${part === "title" ? 500 : 400} ${FONT_PIXELS}px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(text).width + 2;
}
