"use client";

import { useText } from "../ui/preferences.tsx";

/** A browser that cannot draw maps is told so; lists show the same. */
export function NoMap() {
  const { map } = useText();
  return (
    <div className="map map-missing" role="alert">
      <b>{map.noWebgl}</b>
      <p>{map.noWebglBody}</p>
    </div>
  );
}

export function hasWebgl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  // Browsers keep only a few contexts: this one is given back at once.
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
