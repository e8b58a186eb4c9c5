import { drawFloor, type FloorPlan, type Target, type Zone } from '../models/floor-plan'
import type { Box as Rectangle } from '../models/floor-route'
import { svgImage } from '../models/svg'
import { useMemo } from 'react'
import { Box, Picture, Words } from './elements'

interface FloorProps {
  plan: FloorPlan
  zones: Zone[]
  target: Target | null
  /** What the picture says, for those who do not see it. */
  label: string
  /** Keep only this band of the plan. */
  crop?: Rectangle
}

/** The store's floor with a dotted way from the door. The stop lies over the picture so that it stays sharp. */
export function Floor({ plan, zones, target, label, crop }: FloorProps) {
  const drawing = useMemo(() => drawFloor(plan, zones, target, crop), [plan, zones, target, crop])
  const place = drawing.stop && { left: `${drawing.stop.left * 100}%`, top: `${drawing.stop.top * 100}%` }
  return (
    <Box className="ll-floor" role="img" label={label}>
      <Box className="ll-floor-picture" style={{ paddingBottom: `${100 / drawing.aspect}%` }}>
        <Picture className="ll-floor-svg" src={svgImage(drawing.svg)} alt="" />
        {place && (
          <Box className="ll-floor-stop" style={place} hidden>
            <Words>到</Words>
          </Box>
        )}
      </Box>
    </Box>
  )
}
