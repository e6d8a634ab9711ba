/** The page's own font, loaded: the map draws its labels from it. */
export async function loadPageFont(): Promise<string> {
  const family =
    getComputedStyle(document.body).fontFamily.split(",")[0]?.trim().replaceAll(/["']/g, "") || "sans-serif";
  await document.fonts.load(`400 13px "${family}"`).catch(() => []);
  return family;
}
