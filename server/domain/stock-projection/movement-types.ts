/** Goods issues to customers, production, cost centres and other plants, each with the movement that takes it back. */
export const CONSUMPTION_MOVEMENT_TYPES: readonly string[] = [
  ...["201", "202", "221", "222", "241", "242", "251", "252"],
  ...["261", "262", "351", "352", "601", "602", "641", "642", "643", "644"],
];
