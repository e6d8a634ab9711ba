/** What each page is for and how it is read, a few lines each. */
export const enHelp = {
  fleet: [
    "Where everything is that moves. Shape, colour and word say how a vehicle stands against its trip; only what needs somebody is coloured.",
    "Below zoom 5 the map counts vehicles by cell, with late and critical ones singly. Press a cell to come closer, a vehicle to open it.",
    "An open vehicle shows its trip with planned, actual and expected times, its readings of two hours, and the track of the last hours. Each figure carries its age.",
  ],
  orders: [
    "Which orders are at risk and why, worst first. Will miss: the truck is expected after the promise. Late: the plan has slipped, or the promise has passed. Short: less is confirmed than was ordered. At risk: the promise is kept with less than 90 % chance.",
    "The map shows the way of each order from where it is issued to where it goes; weight and dash say the same as the words in the list.",
    "An open order stands on one axis of time: hollow is planned, filled is actual, a diamond is expected with a bar to p90. Press a milestone for the record it came from. Where the systems disagree, both records are shown.",
  ],
  inventory: [
    "What is where, and what runs out when. Each row is a material at a site, first to run out on top. A site's mark is that of its worst material.",
    "The projection takes what is there, adds known receipts, takes off what orders reserve and what is usually used, for 30 days. The shaded range holds nine times in ten.",
    "Cover is how many days remain until nothing is left. Below safety stock and out are the first days the projection crosses those lines.",
  ],
  data: [
    "Where the tower's knowledge comes from: each source with its lag and what became of its records. Delivered is the sum of applied, late, repeated, ignored and rejected.",
    "A rejected record waits with its original bytes. Mend what fails, check it, and replay it; or set it aside with a comment. Nothing is dropped silently.",
    "Snapshots are the rows of other systems as their changes have made them, with every change and where each field came from.",
  ],
  sites: [
    "Where goods come from and go to. A source names a site and may place it; what is set here lies over that, and goes back when it is taken away.",
    "A site's fence decides when a vehicle counts as there: a circle, or a shape you draw. Fences of your own belong to no site.",
    "An import shows line by line what it would do before anything is changed.",
  ],
  settings: [
    "People: who may sign in, with which role, and where they are signed in now. An invitation is a link that works once; send it yourself.",
    "Keys: one for each program, shown once. Revoking one ends it at its next call.",
    "Audit: who changed what, with what it was before.",
  ],
};
