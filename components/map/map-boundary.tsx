"use client";

import { Component, type ReactNode } from "react";
import { useText } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";

/** A map that cannot be drawn (no WebGL, a lost context) leaves the list and the detail working. */
export class MapBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <MapFailure onRetry={() => this.setState({ failed: false })} />;
  }
}

function MapFailure({ onRetry }: { onRetry: () => void }) {
  const { errors } = useText();
  return (
    <div className="whole-panel">
      <ProblemState title={errors.map} reason={errors.unknown} stillWorks={errors.mapStillWorks} onRetry={onRetry} />
    </div>
  );
}
