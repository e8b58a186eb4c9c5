import { Button, Input, Radio } from 'antd'
import { useState } from 'react'

import { Refusal } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import {
  deltaOf,
  resolutions,
  signedFen,
  usualResolution,
  type Difference,
  type Resolution,
} from './model.ts'
import { useResolve } from './page-data.ts'

/** Says what a difference was. The button repeats the amount; the words stay in the ledger. */
export const ResolveForm = ({ difference }: { difference: Difference }) => {
  const usual = usualResolution(difference)
  const [resolution, choose] = useState<Resolution | undefined>(usual)
  const [note, setNote] = useState('')
  const resolve = useResolve(difference.id)
  const ready = resolution !== undefined && note.trim() !== ''
  return (
    <form
      className="resolve"
      onSubmit={(event) => {
        event.preventDefault()
        if (resolution && ready) resolve.mutate({ resolution, note: note.trim() })
      }}
    >
      <h3>怎么处理</h3>
      <Radio.Group
        className="resolutions"
        aria-label="怎么处理"
        value={resolution}
        onChange={(event) => choose(event.target.value as Resolution)}
      >
        {(Object.keys(resolutions) as Resolution[])
          .toSorted((a, b) => Number(b === usual) - Number(a === usual))
          .map((key) => (
            <Radio key={key} value={key}>
              <b>{resolutions[key].word}</b>
              {key === usual && <Label tone="leaf">多半是</Label>}
              <small>{resolutions[key].help}</small>
            </Radio>
          ))}
      </Radio.Group>
      <Input.TextArea
        value={note}
        maxLength={200}
        autoSize={{ minRows: 2, maxRows: 4 }}
        placeholder="写一句依据，会留在台账里"
        aria-label="说明"
        onChange={(event) => setNote(event.target.value.replaceAll('\n', ' '))}
      />
      <Refusal error={resolve.error} />
      <Button type="primary" htmlType="submit" block disabled={!ready} loading={resolve.isPending}>
        平掉 {signedFen(deltaOf(difference))}
      </Button>
      {!ready && <p className="quiet small">选一种，再写一句依据。平账只记说明，不动钱。</p>}
    </form>
  )
}
