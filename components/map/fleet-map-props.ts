/** Where the map looks: `center` is longitude, latitude. */
export type MapView = { center: readonly [number, number]; zoom: number };
export type MapBounds = { west: number; south: number; east: number; north: number };
export type MapScheme = "dark" | "light";
export type MapSite = { id: string; name: string; kind: string; latitude: number; longitude: number };
/** One point of a track, ascending in time. */
export type MapTrackPoint = { latitude: number; longitude: number };

/** A place to bring into view; a new object asks again. */
export type MapReveal = {
  latitude: number;
  longitude: number;
  /** Also when it is seen already. */
  always?: boolean;
};

export type FleetMapProps = {
  scheme: MapScheme;
  selectedId: string | null;
  /** `null` when an empty spot was pressed. */
  onSelect(id: string | null): void;
  /** The first view, and later ones that come from outside (a link, a jump to a vehicle). */
  view: MapView;
  /** What was chosen outside of the map: the map moves as much as is needed to show it. */
  reveal?: MapReveal | null;
  /** After every movement that has come to rest. */
  onViewChange?(view: MapView & { bounds: MapBounds }): void;
  /** The picture stands still while true; everything jumps to the present when it ends. */
  paused?: boolean;
  /** The feed or the link is silent: the map loses its saturation. */
  stale?: boolean;
  sites?: readonly MapSite[];
  /** The way the selected vehicle has come; its end glides with the vehicle. */
  track?: readonly MapTrackPoint[];
  /** Where the selected vehicle is when it is outside the tiles that are being sent (from the API). */
  selectedPosition?: { latitude: number; longitude: number } | null;
  /** Second line of the label of the selected vehicle. */
  selectedNote?: string;
  /** How many vehicles lie in the view, every few seconds and after each movement. */
  onCount?(count: number): void;
  onHover?(id: string | null): void;
};
