// The till's screen. It draws what the till says and decides nothing itself; the scan box has the keyboard whenever nothing else needs it.
import { el, toast } from './dom.js'
import { drawBasket, drawQuick } from './till-basket.js'
import { drawBenefits } from './till-benefits.js'
import { drawTotal, openPaying } from './till-paying.js'
import { openPrinted, openReceipt, openReceipts } from './till-receipts.js'
import { openSettings } from './till-settings.js'
import { isSheetOpen, openSheet, shutSheet } from './till-sheet.js'
import { drawTop, drawWord } from './till-top.js'

const LOOK_EVERY_MS = 1_000
const { quick } = JSON.parse(document.querySelector('#page-data').textContent)

const scanBox = el('input', {
  id: 'scan',
  placeholder: '扫条码、会员码、券码，或输名称',
  'aria-label': '扫码或输入',
  autocomplete: 'off',
  spellcheck: 'false',
  enterkeyhint: 'done',
})
const regions = Object.fromEntries(
  ['top', 'word', 'basket', 'quick', 'benefits', 'total'].map((name) => [
    name,
    el(name === 'top' ? 'header' : 'section', { class: name }),
  ]),
)
regions.basket.setAttribute('aria-label', '商品')
regions.benefits.setAttribute('aria-label', '会员和优惠')
regions.total.setAttribute('aria-label', '应收')
document
  .querySelector('#till')
  .append(
    regions.top,
    regions.word,
    el(
      'main',
      {},
      el(
        'div',
        { class: 'goods' },
        el('label', { class: 'scan' }, scanBox, el('kbd', {}, 'F2')),
        regions.basket,
        regions.quick,
      ),
      el('aside', {}, regions.benefits, regions.total),
    ),
  )

let view = null
/** What each region was drawn from: what did not change keeps its focus. */
const drawn = new Map()
const draw = (name, from, work) => {
  const text = JSON.stringify(from)
  if (drawn.get(name) === text) return
  drawn.set(name, text)
  work(regions[name])
}

/** Asks the till, draws its answer; a refusal is its own sentence. */
const ask = async (path, body, method = body === undefined ? 'GET' : 'POST') => {
  const init =
    body === undefined
      ? { method }
      : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const reply = await fetch(`/retail/till/${path}`, init)
  const answer = await reply.json()
  if (!reply.ok) throw new Error(answer.message ?? `HTTP ${reply.status}`)
  if (answer.view) show(answer.view)
  return answer
}
let busy = 0
/** Does one thing for the clerk, and says why when it cannot be. */
const doing = async (work) => {
  busy += 1
  try {
    return await work()
  } catch (error) {
    toast(error instanceof TypeError ? '收银程序没有回答，请看它还开着没有' : error.message, true)
    await look()
    return null
  } finally {
    busy -= 1
    if (!isSheetOpen()) scanBox.focus()
  }
}

const scan = (text) =>
  doing(async () => {
    const { said, goods, barcode } = await ask('scans', { text })
    if (said === 'choose') chooseGoods(goods)
    if (said === 'unknown') askPrice(barcode)
  })

const chooseGoods = (goods) =>
  openSheet('choose', '是哪一种', [
    el(
      'div',
      { class: 'quicks' },
      ...goods.map(({ barcode, name, unitFen }, at) =>
        el(
          'button',
          {
            type: 'button',
            class: 'quick',
            'data-first': at === 0,
            onclick: () => {
              shutSheet()
              void scan(barcode)
            },
          },
          el('b', {}, name),
          el('span', {}, `¥${(unitFen / 100).toFixed(2)}`),
        ),
      ),
    ),
  ])

const askPrice = (barcode) =>
  openSheet('price', '收银机里没有这个条码', [
    el('p', { class: 'hint' }, `${barcode}：按散货卖，输一件的价钱。总部会在「收银冲突」里看到它。`),
    el(
      'form',
      {
        class: 'settings',
        onsubmit: (event) => {
          event.preventDefault()
          const unitFen = Math.round(Number(new FormData(event.target).get('yuan')) * 100)
          shutSheet()
          void doing(() => ask('unknown-goods', { barcode, unitFen }))
        },
      },
      el(
        'label',
        {},
        el('span', {}, '一件多少元'),
        el('input', {
          name: 'yuan',
          inputmode: 'decimal',
          required: true,
          pattern: String.raw`\d{1,5}(\.\d{1,2})?`,
          'data-first': true,
        }),
      ),
      el('button', { class: 'pay wide' }, '加进这一单'),
    ),
  ])

const take = async (tender, receivedFen) => {
  const done = await doing(() => ask('receipts', { tender, receivedFen }))
  shutSheet()
  if (done) openPrinted(done.paper)
}
const startPaying = () =>
  void doing(async () => {
    if (!view.sale.paying) await ask('payment', {})
    openPaying(view.sale, {
      pay: (tender, fen) => void take(tender, fen),
      back: () => void doing(() => ask('payment', undefined, 'DELETE')),
    })
  })
const clear = () => void doing(() => ask('sale', undefined, 'DELETE'))

const showReceipt = (number) =>
  void doing(async () => {
    const { paper } = await ask(`receipts/${encodeURIComponent(number.trim())}`)
    openReceipt(paper, { list: showReceipts, giveBack })
  })
const giveBack = async (returnOf, lines, tender) => {
  const done = await doing(() => ask('returns', { returnOf, lines, tender }))
  if (done) openPrinted(done.paper)
}
const upload = async () => {
  await doing(() => ask('uploads', {}))
  showReceipts()
}
const showReceipts = () => openReceipts(view, { show: showReceipt, upload: () => void upload() })

const machine = (path, said) => async (body) => {
  const done = await doing(() => ask(path, body))
  if (!done) return
  shutSheet()
  toast(said)
}
const showSettings = () =>
  openSettings(view, {
    keepKey: machine('key', '钥匙能用，离线包也取好了'),
    keepPlace: machine('place', '存好了'),
    fetchPack: () => void machine('day-pack', '离线包取好了')({}),
    badLuck: (next) => void machine('luck', '好，下一次就这样')({ next }),
  })

const bar = { showReceipts, showSettings, setLine: (cut) => void doing(() => ask('line', { cut })) }
const deeds = {
  forgetMember: () => void doing(() => ask('member', undefined, 'DELETE')),
  forgetCoupon: () => void doing(() => ask('coupon', undefined, 'DELETE')),
  points: (points) => void doing(() => ask('benefits', { points })),
  toggle: ({ id, on }) => {
    const chosen = view.sale.coupons.filter((coupon) => coupon.on).map((coupon) => coupon.id)
    void doing(() =>
      ask('benefits', { couponIds: on ? chosen.filter((each) => each !== id) : [...chosen, id] }),
    )
  },
}

/** @param {any} next */
const show = (next) => {
  view = next
  const { sale, line, place, waiting, pack } = next
  draw('top', [place, line, waiting, pack?.day], (region) => drawTop(region, next, bar))
  draw('word', [next.key, line, waiting, pack], (region) => drawWord(region, next, showSettings))
  draw('basket', [sale.lines, sale.paying], (region) =>
    drawBasket(region, sale, (at, quantity) => void doing(() => ask('lines', { at, quantity }))),
  )
  draw(
    'benefits',
    [sale.member, sale.coupons, sale.accepted, sale.points, sale.paying, line.online],
    (region) => drawBenefits(region, next, deeds),
  )
  draw('total', [sale.goodsFen, sale.payFen, sale.pieces, sale.member, sale.points], (region) =>
    drawTotal(region, sale, { close: startPaying, clear }),
  )
  document.body.classList.toggle('offline', !line.online)
}

let lost = false
const look = async () => {
  try {
    await ask('state')
    lost = false
  } catch (error) {
    if (!lost) toast(error instanceof TypeError ? '收银程序没有回答，稍后自动再试' : error.message, true)
    lost = true
  }
}

scanBox.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || scanBox.value.trim() === '') return
  const text = scanBox.value
  scanBox.value = ''
  void scan(text)
})
const KEYS = { F2: () => scanBox.focus(), F4: showReceipts, F9: startPaying }
document.addEventListener('keydown', (event) => {
  if (event.key === 'F8' && document.querySelector('#received')) {
    event.preventDefault()
    return void take('scan', view.sale.payFen)
  }
  const work = KEYS[event.key]
  if (!work) return
  event.preventDefault()
  if (!isSheetOpen()) work()
})
setInterval(() => {
  if (document.visibilityState === 'visible' && busy === 0) void look()
}, LOOK_EVERY_MS)

drawQuick(regions.quick, quick, (barcode) => void scan(barcode))
await look()
scanBox.focus()
if (view && !view.key) showSettings()
if (view?.sale.paying) startPaying()
