import type { ReactNode } from "react";

type BlankProps = { icon: ReactNode; title: string; body: ReactNode; children?: ReactNode; level?: 1 | 2 };

/** The middle of a panel that has nothing to show: what is so, why, and what can be done. */
export function Blank({ icon, title, body, children, level = 2 }: BlankProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="blank">
      <div className="blank-icon">{icon}</div>
      <Heading>{title}</Heading>
      <p className="dim">{body}</p>
      {children && <div className="blank-actions">{children}</div>}
    </div>
  );
}
