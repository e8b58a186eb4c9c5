import { Button } from 'antd'
import { Copy, KeyRound } from 'lucide-react'

import { useNotice } from './notice.ts'
import './once-secret.css'

interface OnceSecretProps {
  title: string
  /** What the other side needs, by its name; all of it is copied. */
  parts: readonly { name: string; value: string; secret?: boolean }[]
  done: () => void
}
/** A secret that was just made. It is nowhere else: whoever closes this without passing it on makes another. */
export const OnceSecret = ({ title, parts, done }: OnceSecretProps) => {
  const notice = useNotice()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(parts.map(({ value }) => value).join('\n'))
      notice.success(`${parts.map(({ name }) => name).join('和')}已复制`)
    } catch {
      notice.warn('浏览器不让复制，请照着抄')
    }
  }
  return (
    <section className="secret" aria-label={title}>
      <p>
        <KeyRound size={16} aria-hidden="true" />
        <b>{title}</b>
      </p>
      <dl>
        {parts.map(({ name, value, secret }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{secret ? <output>{value}</output> : <code>{value}</code>}</dd>
          </div>
        ))}
      </dl>
      <div className="drawer-actions">
        <Button type="primary" icon={<Copy size={15} />} onClick={() => void copy()}>
          复制
        </Button>
        <Button onClick={done}>交给对方了</Button>
      </div>
    </section>
  )
}
