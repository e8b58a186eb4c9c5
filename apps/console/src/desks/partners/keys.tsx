import { Button, Input, Popconfirm, Radio, Select } from 'antd'
import { useState } from 'react'

import { Field } from '../../ui/field.tsx'
import { useNow } from '../../ui/now.ts'
import { OnceSecret } from '../../ui/once-secret.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Refusal } from '../../ui/states.tsx'
import { businessDay, when } from '../../ui/time.ts'
import {
  algorithms,
  keyTag,
  liveKeys,
  type Algorithm,
  type Key,
  type MadeKey,
  type Partner,
} from './model.ts'
import { useMakeKey, useRevokeKey } from './page-data.ts'

const KeyRow = ({ row, partnerId }: { row: Key; partnerId: string }) => {
  const now = useNow()
  const revoke = useRevokeKey(partnerId)
  const { tone, word } = keyTag(row, now)
  return (
    <li>
      <span className="two-lines">
        <code>{row.id}</code>
        <small>
          {row.algorithm === 'ed25519' ? '对方的公钥' : '我们的密钥'} · {businessDay(row.expiresAt)} 到期 ·{' '}
          {row.lastCallAt ? `上次用 ${when(row.lastCallAt, now)}` : '还没用过'}
        </small>
      </span>
      <StateTag tone={tone}>{word}</StateTag>
      {row.state === 'live' && (
        <Popconfirm
          title="停掉这把钥匙？"
          description="马上生效，用着它的收银机和系统都会连不上。"
          okText="停掉"
          cancelText="不停"
          onConfirm={() => revoke.mutate(row.id)}
        >
          <Button size="small" danger loading={revoke.isPending}>
            停掉
          </Button>
        </Popconfirm>
      )}
      <Refusal error={revoke.error} />
    </li>
  )
}

const spans = [
  { value: 90, label: '三个月' },
  { value: 365, label: '一年' },
  { value: 730, label: '两年' },
]

const NewKey = ({ partnerId, made }: { partnerId: string; made: (key: MadeKey) => void }) => {
  const [algorithm, setAlgorithm] = useState<Algorithm>('hmac-sha256')
  const [publicKeyPem, setPem] = useState('')
  const [validDays, setDays] = useState(365)
  const make = useMakeKey(partnerId)
  return (
    <div className="new-key">
      <Radio.Group
        value={algorithm}
        onChange={(event) => setAlgorithm(event.target.value as Algorithm)}
        options={Object.entries(algorithms).map(([value, { word, help }]) => ({
          value,
          label: `${word}：${help}`,
        }))}
      />
      {algorithm === 'ed25519' && (
        <Field id="key-pem" label="对方的公钥" help="openssl pkey -in key.pem -pubout 打出来的那几行">
          <Input.TextArea
            id="key-pem"
            rows={3}
            value={publicKeyPem}
            placeholder="-----BEGIN PUBLIC KEY-----"
            onChange={(event) => setPem(event.target.value)}
          />
        </Field>
      )}
      <Refusal error={make.error} />
      <div className="drawer-actions">
        <Select aria-label="有效期" value={validDays} options={spans} onChange={setDays} />
        <Button
          loading={make.isPending}
          onClick={() => make.mutate({ algorithm, publicKeyPem, validDays }, { onSuccess: made })}
        >
          添一把钥匙
        </Button>
      </div>
    </div>
  )
}

/** The keys of a system: two may live at once, so that one can take the other's place without a pause. */
export const Keys = ({ partner }: { partner: Partner }) => {
  const [made, setMade] = useState<MadeKey>()
  const full = liveKeys(partner).length >= 2
  return (
    <section className="partner-keys" aria-label="钥匙">
      <h3>钥匙</h3>
      {made && (
        <OnceSecret
          title={made.secret ? '密钥只在这里显示这一次' : '公钥已登记'}
          parts={[
            { name: '钥匙编号', value: made.keyId },
            ...(made.secret ? [{ name: '密钥', value: made.secret, secret: true }] : []),
          ]}
          done={() => setMade(undefined)}
        />
      )}
      <ul>
        {partner.keys.map((row) => (
          <KeyRow key={row.id} row={row} partnerId={partner.id} />
        ))}
      </ul>
      {full ? (
        <p className="quiet small">两把都在用。换钥匙时先让对方改用新的那把，再停掉旧的。</p>
      ) : (
        !made && <NewKey partnerId={partner.id} made={setMade} />
      )}
    </section>
  )
}
