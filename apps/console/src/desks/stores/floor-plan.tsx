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

/** The shop floor: every shelf in its zone's colour, with the letter that is on the aisle sign. */
export const FloorPlan = ({ plan, zones, detailed = false }: FloorPlanProps) => {
  const zoneOf = (code: string) => zones.find((zone) => zone.code === code)
  return (
    <svg
      className="floor-plan"
      viewBox={`0 0 ${plan.width} ${plan.height}`}
      role="img"
      aria-label="店内平面图"
    >
      <rect
        x="0.5"
        y="0.5"
        width={plan.width - 1}
        height={plan.height - 1}
        rx="6"
        fill="#FDFCFA"
        stroke="#E3DCD3"
      />
      {plan.shelves.map((shelf) => {
        const zone = zoneOf(shelf.zone)
        return (
          <g key={`${shelf.zone}${shelf.aisle}-${shelf.x}-${shelf.y}`}>
            <rect
              x={shelf.x}
              y={shelf.y}
              width={shelf.width}
              height={shelf.height}
              rx="2"
              fill={zone?.tint ?? '#EEE9E2'}
              stroke={zone?.ink ?? '#5F5448'}
              strokeOpacity="0.35"
              strokeWidth="0.6"
            />
            <text
              x={shelf.x + shelf.width / 2}
              y={shelf.y + shelf.height / 2}
              fill={zone?.ink ?? '#5F5448'}
              fontSize={Math.min(9, shelf.width * 0.62, shelf.height * 0.62)}
            >
              {detailed && shelf.width >= 16
                ? `${shelf.zone}${String(shelf.aisle).padStart(2, '0')}`
                : shelf.zone}
            </text>
          </g>
        )
      })}
      {plan.marks.map((mark) => (
        <g key={`${mark.kind}-${mark.x}-${mark.y}`}>
          <rect
            x={mark.x}
            y={mark.y}
            width={mark.width}
            height={mark.height}
            rx="2"
            fill={marks[mark.kind]}
          />
          <text x={mark.x + mark.width / 2} y={mark.y + mark.height / 2} fill="#6B645C" fontSize="7">
            {mark.label}
          </text>
        </g>
      ))}
    </svg>
  )
}
