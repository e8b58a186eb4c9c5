import { useScope } from '../../shell/scope.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { TrialCard } from './trial-card.tsx'
import './rules.css'

/** A basket under the rules as they are. */
export default function TrialPage() {
  const { path } = useScope()
  return (
    <div className="rule-trial">
      <PageHead title="试算" back={{ to: path('/price-rules'), label: '回促销' }} />
      <TrialCard rule={null} />
    </div>
  )
}
