/** How much of one store's shelf is left, as drawn by one tick. */
export interface Tick {
  store: string
  sellable: number
  level: 'full' | 'low' | 'empty' | 'none'
}

const words: Record<Tick['level'], string> = { full: '充足', low: '偏少', empty: '卖完', none: '没上架' }

/** One small bar per store: full, low, empty outline. The numbers are read out, and stand beside it in the row. */
export const Ticks = ({ ticks }: { ticks: readonly Tick[] }) => (
  <span
    className="ticks"
    role="img"
    aria-label={ticks.map((tick) => `${tick.store}${words[tick.level]}${tick.sellable} 件`).join('，')}
  >
    {ticks.map((tick) => (
      <i key={tick.store} className={`tick tick-${tick.level}`} />
    ))}
  </span>
)
