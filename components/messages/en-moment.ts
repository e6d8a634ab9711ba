/** The words of the time bar: looking at a moment of the past. */
export const enMoment = {
  label: "Time",
  slider: "Moment that is shown",
  now: "Now",
  past: (moment: string) => `You are looking at ${moment}.`,
  stands: "Nothing moves, and actions are off.",
  backToNow: "Back to now",
  earlier: "The day before",
  later: "The day after",
  announcePast: (moment: string) => `Showing the past: ${moment}`,
  announceNow: "Showing the present again",
  failed: "This moment cannot be shown",
  refused: (why: string) => `There is no answer for this moment: ${why}.`,
  loading: "Reading the fleet of that moment",
};
