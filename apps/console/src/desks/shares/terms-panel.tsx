import { api } from '../../api.ts'
import { NumberFields, TermsPanel, useTermsForm, WillSay } from '../terms/panel.tsx'
import { useSendTerms } from '../terms/send.ts'
import { formFault, formOf, inputOf, type Terms, type TermsInput, termsSentences } from './model.ts'

export const useShareTerms = (done: (row: Terms) => void) =>
  useSendTerms({
    send: (body: TermsInput) => api('POST /console/v1/share-terms', { body }),
    shownBy: ['share-terms'],
    done,
  })

const numbers = [{ key: 'days', label: '打开后几天内的订单归它', suffix: '天', help: '1 到 30' }] as const

/** Other days from now on, with what they will say before they do. */
export const ShareTermsPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const { form, change, body, sending } = useTermsForm({
    begin: () => formOf(terms),
    read: inputOf,
    useSend: useShareTerms,
    close,
  })
  return (
    <TermsPanel title="换归单的天数" sending={sending} note="归过的订单不变。" close={close}>
      <div className="fields terms-fields">
        <NumberFields id="share" fields={numbers} form={form} change={change} />
      </div>
      <WillSay sentences={body ? termsSentences(body) : formFault(form)} />
    </TermsPanel>
  )
}
