import type { ConsoleStore } from './model.ts'

type Plan = ConsoleStore['floorPlan']

interface FloorPlanProps {
  plan: Plan
  zones: ConsoleStore['zones']
  /** Draw aisle numbers too; too small to read on a card. */
  detailed?: boolean
}

const marks: Record<Plan['marks'][number]['kind'], string> = {
  till: '#EEE7DD',
  service: '#E3DDD4',
  door: '#FFFFFF',
}

const unknownZone = { tint: '#EEE9E2', ink: '#5F5448' }

const Shelf = ({
  shelf,
  zone,
  named,
}: {
  shelf: Plan['shelves'][number]
  zone: { tint: string; ink: string }
  named: boolean
}) => {
  const { x, y, width, height } = shelf
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="2"
        fill={zone.tint}
        stroke={zone.ink}
        strokeOpacity="0.35"
        strokeWidth="0.6"
      />
      <text
        x={x + width / 2}
        y={y + height / 2}
        fill={zone.ink}
        fontSize={Math.min(9, width * 0.62, height * 0.62)}
      >
        {named ? `${shelf.zone}${String(shelf.aisle).padStart(2, '0')}` : shelf.zone}
      </text>
    </g>
  )
}

const Mark = ({ mark }: { mark: Plan['marks'][number] }) => (
  <g>
    <rect x={mark.x} y={mark.y} width={mark.width} height={mark.height} rx="2" fill={marks[mark.kind]} />
    <text x={mark.x + mark.width / 2} y={mark.y + mark.height / 2} fill="#6B645C" fontSize="7">
      {mark.label}
    </text>
  </g>
)

/** The shop floor: every shelf in its zone's colour, with the letter that is on the aisle sign. */
export const FloorPlan = ({ plan, zones, detailed = false }: FloorPlanProps) => (
  <svg className="floor-plan" viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label="店内平面图">
    <rect
      x="0.5"
      y="0.5"
      width={plan.width - 1}
      height={plan.height - 1}
      rx="6"
      fill="#FDFCFA"
      stroke="#E3DCD3"
    />
    {plan.shelves.map((shelf) => (
      <Shelf
        key={`${shelf.zone}${shelf.aisle}-${shelf.x}-${shelf.y}`}
        shelf={shelf}
        zone={zones.find((zone) => zone.code === shelf.zone) ?? unknownZone}
        named={detailed && shelf.width >= 16}
      />
    ))}
    {plan.marks.map((mark) => (
      <Mark key={`${mark.kind}-${mark.x}-${mark.y}`} mark={mark} />
    ))}
  </svg>
)
