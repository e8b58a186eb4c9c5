import { api } from '../../api.ts'
import { useCategories } from '../goods/page-data.ts'
import { CategoryPick } from '../rules/fields.tsx'
import { NumberFields, SinceField, TermsPanel, useTermsForm, WillSay } from '../terms/panel.tsx'
import { useSendTerms } from '../terms/send.ts'
import {
  exampleWords,
  formFault,
  formOf,
  givenBackWords,
  inputOf,
  type Terms,
  type TermsInput,
  termsSentences,
} from './model.ts'

export const useTerms = (done: (row: Terms) => void) =>
  useSendTerms({
    send: (body: TermsInput) => api('POST /console/v1/points-terms', { body }),
    shownBy: ['points-terms'],
    done,
  })

const numbers = [
  { key: 'fenPerPoint', label: '付多少得 1 分', suffix: '元', help: '按实付，抹零不算' },
  { key: 'pointsPerYuan', label: '多少分抵 1 元', suffix: '分' },
  { key: 'cap', label: '一单最多抵', suffix: '%', help: '占商品钱的百分之几' },
  { key: 'capPoints', label: '一单最多用', suffix: '分', help: '不写就不封顶' },
  { key: 'minOrder', label: '商品满多少可抵', suffix: '元', help: '不限就写 0' },
  { key: 'frozenDays', label: '取货后待生效', suffix: '天', help: '不短于售后期，退货才不吃亏' },
  { key: 'validMonths', label: '有效', suffix: '个月', help: '用到那个月的月底' },
] as const

/** Other terms from a moment on, with what they will say before they do. */
export const PointsTermsPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const { form, change, body, sending } = useTermsForm({
    begin: () => formOf(terms),
    read: inputOf,
    useSend: useTerms,
    close,
  })
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  return (
    <TermsPanel
      title={terms ? '换一版积分规则' : '开始用积分'}
      sending={sending}
      later={form.since !== ''}
      worth={
        body && (
          <p className="small points-example">
            {exampleWords(body)}。{givenBackWords(body)}。
          </p>
        )
      }
      note="已经得的、用掉的不变，只管以后的单。"
      close={close}
    >
      <div className="fields terms-fields">
        <NumberFields id="points" fields={numbers} form={form} change={change} />
        <SinceField id="points-since" since={form.since} change={change} />
        <CategoryPick
          id="points-except"
          label="哪些分类不得也不抵"
          placeholder="没有例外"
          value={form.exceptCategoryIds}
          change={(exceptCategoryIds) => change({ exceptCategoryIds })}
        />
      </div>
      <WillSay sentences={body ? termsSentences(body, nameOf) : formFault(form)} />
    </TermsPanel>
  )
}
