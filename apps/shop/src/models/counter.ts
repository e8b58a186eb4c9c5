/** What was typed as money, in fen: `12`, `12.8`, `¥12.80`. Null for anything else, so that nothing is rounded in silence. */
export function readYuan(typed: string): number | null {
  const match = /^[¥￥]?\s*(\d{1,7})(?:\.(\d{1,2}))?$/.exec(typed.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

export type CounterTender = 'cash' | 'card'

/** What is sent for what the clerk typed, and the change; or what is still missing. */
export function readTaking(
  provider: CounterTender,
  dueFen: number,
  typed: string,
):
  | { ready: true; body: { tenderedFen: number } | { slip: string }; changeFen: number }
  | { ready: false; missing: string } {
  if (provider === 'card') {
    const slip = typed.trim()
    return slip === ''
      ? { ready: false, missing: '输刷卡小票上的凭证号' }
      : { ready: true, body: { slip }, changeFen: 0 }
  }
  const tenderedFen = readYuan(typed)
  if (tenderedFen === null) return { ready: false, missing: '输顾客给了多少钱' }
  return tenderedFen < dueFen
    ? { ready: false, missing: '给的钱不够' }
    : { ready: true, body: { tenderedFen }, changeFen: tenderedFen - dueFen }
}
