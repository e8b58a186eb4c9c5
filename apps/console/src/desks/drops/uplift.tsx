import { StateTag } from '../../ui/state-tag.tsx'
import { axisOf, boughtShare, placeOf, points, type Result, verdictWords } from './model.ts'

const TONES = {
  useful: 'done',
  harmful: 'alarm',
  no_evidence: 'over',
  few: 'over',
  waiting: 'doing',
} as const
export const Verdict = ({ result }: { result: Result }) => (
  <StateTag tone={TONES[result.verdict]}>{verdictWords[result.verdict]}</StateTag>
)

/** Both shares in figures: those who were sent it, those who were held back. */
export const Shares = ({ result: { send, hold } }: { result: Result }) => (
  <span className="two-lines">
    <b className="nowrap">
      {boughtShare(send)} <span className="quiet">/ {boughtShare(hold)}</span>
    </b>
    <small className="quiet nowrap">
      {send.members.toLocaleString('en-US')} / {hold.members.toLocaleString('en-US')} 人
    </small>
  </span>
)

/** The difference with its interval, against no difference. Its figures stand beside it, for whoever does not see it. */
export const Interval = ({ result, axis }: { result: Result; axis: ReturnType<typeof axisOf> }) => {
  const { share, verdict } = result
  if (!share) return <span className="quiet small">每边满 30 人才画</span>
  const [low, high, value, zero] = [share.low, share.high, share.value, 0].map((each) => placeOf(each, axis))
  return (
    <span className="interval">
      <span className="interval-axis" aria-hidden="true">
        <i className="interval-zero" style={{ left: `${zero}%` }} />
        <i
          className={`interval-span interval-${verdict}`}
          style={{ left: `${low}%`, width: `${(high ?? 0) - (low ?? 0)}%` }}
        />
        <i className={`interval-point interval-${verdict}`} style={{ left: `${value}%` }} />
      </span>
      <small>
        <b>{points(share.value)} 个点</b>{' '}
        <span className="quiet">
          {points(share.low)} ~ {points(share.high)}
        </span>
      </small>
    </span>
  )
}
