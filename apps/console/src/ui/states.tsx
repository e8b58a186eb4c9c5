import { Button } from 'antd'
import { Copy, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import basket from '@lobehub/fluent-emoji-3d/assets/1f9fa.webp'
import lock from '@lobehub/fluent-emoji-3d/assets/1f512.webp'
import magnifier from '@lobehub/fluent-emoji-3d/assets/1f50d.webp'
import rain from '@lobehub/fluent-emoji-3d/assets/1f327-fe0f.webp'

import { problemOf } from '../api.ts'
import { problemWords } from '../problem-words.ts'
import { useNotice } from './notice.ts'

interface StateProps {
  picture: string
  title: string
  text?: ReactNode
  children?: ReactNode
  foot?: ReactNode
}

const State = ({ picture, title, text, children, foot }: StateProps) => (
  <div className="state">
    <span className="state-picture">
      <img src={picture} alt="" width={60} height={60} />
    </span>
    <h3>{title}</h3>
    {text && <p className="quiet">{text}</p>}
    {children && <div className="state-actions">{children}</div>}
    {foot && <p className="state-foot quiet small">{foot}</p>}
  </div>
)

/** Nothing here yet: says why, and what to do next. */
export const EmptyState = (props: Omit<StateProps, 'picture'>) => <State picture={basket} {...props} />

/** The filters together match nothing. */
export const NoMatch = (props: Omit<StateProps, 'picture'>) => <State picture={magnifier} {...props} />

// Asking again would answer the same.
const final: Record<number, { picture: string; title: string } | undefined> = {
  403: { picture: lock, title: '你看不了这一页' },
  404: { picture: magnifier, title: '没有找到' },
}

interface ErrorStateProps {
  /** What could not be fetched: "订单没取回来". */
  title: string
  error: unknown
  retry?: () => void
}

/** Something failed: what happened, a way on, the number to quote, and no blame. A refusal for want of rights says so. */
export const ErrorState = ({ title, error, retry }: ErrorStateProps) => {
  const notice = useNotice()
  const problem = problemOf(error)
  const id = problem?.requestId
  const known = final[problem?.status ?? 0]
  const copy = () => {
    if (id) void navigator.clipboard.writeText(id).then(() => notice.success('编号已复制'))
  }
  return (
    <State
      picture={known?.picture ?? rain}
      title={known?.title ?? title}
      text={problemWords(problem)}
      foot={
        id && (
          <>
            编号 <code>{id}</code>
            <button type="button" className="bare" onClick={copy} aria-label="复制编号">
              <Copy size={12} aria-hidden="true" />
            </button>
          </>
        )
      }
    >
      {retry && !known && (
        <Button type="primary" icon={<RefreshCw size={15} />} onClick={retry}>
          再试一次
        </Button>
      )}
    </State>
  )
}

/** A refusal in place, next to the button that caused it. */
export const Refusal = ({ error }: { error: unknown }) =>
  error ? (
    <p className="refusal" role="alert">
      {problemWords(problemOf(error))}
    </p>
  ) : null

/** Grey bones in the shape of what is coming. */
export const Bone = ({ width = 96, height = 12 }: { width?: number | string; height?: number | string }) => (
  <span className="bone" style={{ width, height }} />
)

/** Several lines of bones, for cards whose content is text. */
export const Bones = ({ lines = 4 }: { lines?: number }) => (
  <div className="bones" aria-busy="true" aria-label="正在取数据">
    {Array.from({ length: lines }, (_, line) => (
      <Bone key={line} width={`${88 - ((line * 23) % 45)}%`} />
    ))}
  </div>
)
