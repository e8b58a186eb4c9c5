import { Card } from '../../ui/card.tsx'
import { hourMinute } from '../../ui/time.ts'
import { leftOutWords, percent, type Trial } from './model.ts'

/** What a dry run found: whom it would reach, who is left out and why, and what so many can show. */
export const TrialCard = ({ trial }: { trial: Trial }) => (
  <Card title="试算" note={`截至 ${hourMinute(trial.asOf)}，谁也没发`}>
    <dl className="drop-figures">
      <div>
        <dt>人群里</dt>
        <dd>{trial.found.toLocaleString('en-US')}</dd>
      </div>
      <div>
        <dt>发给</dt>
        <dd>{trial.send.toLocaleString('en-US')}</dd>
      </div>
      <div>
        <dt>对照，不发</dt>
        <dd>{trial.hold.toLocaleString('en-US')}</dd>
      </div>
      {trial.leftOut.map(({ reason, members }) => (
        <div key={reason}>
          <dt>{leftOutWords[reason]}</dt>
          <dd className="quiet">−{members.toLocaleString('en-US')}</dd>
        </div>
      ))}
    </dl>
    <p className="drop-note">
      {trial.detectable === null
        ? '每边不到 30 人，到时候比不出来：人群放宽些，或者多留些对照。'
        : `平时这么多天里有 ${percent(trial.baseShare ?? 0)} 的人会来买。这么多人比，差 ${(trial.detectable * 100).toFixed(1)} 个点以上才看得出来（五次里有四次）。`}
    </p>
  </Card>
)
