const SPOKES = [0, 45, 90, 135, 180, 225, 270, 315];

/** The mark of the product; whoever shows it names it. */
export function Wheel({ size = 26 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 26 26"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="13" cy="13" r="7.2" />
      <circle cx="13" cy="13" r="2.2" fill="currentColor" stroke="none" />
      {SPOKES.map((degrees) => (
        <path key={degrees} d="M13 10.8V2" transform={`rotate(${degrees} 13 13)`} />
      ))}
    </svg>
  );
}
