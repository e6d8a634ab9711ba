import type { ReactNode } from "react";

/** A part of a docked panel, divided from the next by a hairline. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <div className="section-head">
        <h3 className="heading">{title}</h3>
        {aside && <span className="small faint">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
