import { Button } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'

import { dayBeside } from './time.ts'

/** The day before and the day after, today at most. */
export const DaySteps = ({ day, today, go }: { day: string; today: string; go: (day: string) => void }) => (
  <>
    <Button icon={<ChevronLeft size={15} />} aria-label="前一天" onClick={() => go(dayBeside(day, -1))} />
    <Button
      icon={<ChevronRight size={15} />}
      aria-label="后一天"
      disabled={day >= today}
      onClick={() => go(dayBeside(day, 1))}
    />
  </>
)
