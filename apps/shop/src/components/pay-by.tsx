import { PROVIDER_WORDS } from '../models/provider-words'
import type { Provider } from '../models/wire'
import { Choice } from './check'
import { Box } from './elements'

interface PayByProps {
  offers: readonly Provider[]
  by: Provider
  onBy: (by: Provider) => void
}

/** Which way to pay, where there is more than one. */
export function PayBy({ offers, by, onBy }: PayByProps) {
  return (
    <Box role="radiogroup" label="付款方式">
      {offers.map((each) => (
        <Choice
          key={each}
          on={each === by}
          title={PROVIDER_WORDS[each].name}
          note={PROVIDER_WORDS[each].note}
          onChoose={() => onBy(each)}
        />
      ))}
    </Box>
  )
}
