import { Skeleton } from "@mantine/core";
import "./data.css";

/** The shape of the page while it is on its way: tabs, a table, two panels. */
export function DataSkeleton() {
  return (
    <div className="data late" aria-hidden="true">
      <div className="data-head">
        <Skeleton height={24} width={320} />
      </div>
      <div className="section">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={20} mb={16} />
        ))}
      </div>
    </div>
  );
}
