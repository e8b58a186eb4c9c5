import { act, api, clockTime, span, toast } from './dom.js'
import { draw as drawAlipay } from './desk-alipay.js'
import { draw as drawErp } from './desk-erp.js'
import { draw as drawFaults } from './desk-faults.js'
import { draw as drawJournal } from './desk-journal.js'
import { draw as drawNotifications } from './desk-notifications.js'
import { draw as drawOrders } from './desk-orders.js'
import { draw as drawPhone } from './desk-phone.js'
import { draw as drawRefunds } from './desk-refunds.js'

const desks = {
  orders: drawOrders,
  alipay: drawAlipay,
  notifications: drawNotifications,
  refunds: drawRefunds,
  phone: drawPhone,
  erp: drawErp,
  faults: drawFaults,
  journal: drawJournal,
}
const LOOK_EVERY_MS = 1_500
const FIVE_MINUTES = 300
const desk = document.querySelector('#desk')
let lost = false

const current = () => (Object.hasOwn(desks, location.hash.slice(1)) ? location.hash.slice(1) : 'orders')

/** Redrawing under somebody's pointer or keyboard would snatch what they are about to use. */
const inUse = () => desk.querySelector('details.menu[open], form:focus-within') !== null

const showOverview = async () => {
  const { clock, counts } = await api('overview')
  document.querySelector('#clock').textContent = clockTime(clock.now)
  document.querySelector('#ahead').textContent =
    clock.aheadSeconds === 0 ? '与真实时间同步' : `比真实时间快 ${span(clock.aheadSeconds * 1_000)}`
  for (const [name, count] of Object.entries(counts)) {
    const badge = document.querySelector(`[data-count="${name}"]`)
    if (badge) badge.textContent = count === 0 ? '' : String(count)
  }
}

const look = async (force = false) => {
  try {
    await showOverview()
    if (force || !inUse()) await desks[current()](desk, () => look(true))
    if (lost) toast('又连上沙盒了')
    lost = false
  } catch (error) {
    if (!lost) toast(error instanceof TypeError ? '连不上沙盒，稍后自动重试' : error.message, true)
    lost = true
  }
}

const open = () => {
  for (const link of document.querySelectorAll('[data-desk]')) {
    if (link.dataset.desk === current()) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  desk.replaceChildren()
  void look(true)
}

for (const step of document.querySelectorAll('[data-advance]')) {
  step.addEventListener('click', () => {
    step.disabled = true
    void act(
      async () => {
        await api('clock', { advanceSeconds: Number(step.dataset.advance) })
        return `时钟前进了 ${span(Number(step.dataset.advance) * 1_000)}，途中到点的事都办了`
      },
      () => look(true),
    ).finally(() => (step.disabled = false))
  })
}

const settings = document.querySelector('#settings')

const showSettings = (now) => {
  settings.refundGap.checked = now.refundGapSeconds > 0
  settings.closeAfter.checked = now.closeAfterSeconds > 0
  settings.signWith.checked = now.signWith === 'certificate'
}

settings.addEventListener('change', () => {
  void act(
    async () => {
      const now = await api('settings', {
        refundGapSeconds: settings.refundGap.checked ? 60 : 0,
        closeAfterSeconds: settings.closeAfter.checked ? FIVE_MINUTES : 0,
        signWith: settings.signWith.checked ? 'certificate' : 'public-key',
      })
      showSettings(now)
      return '规则已更新'
    },
    () => look(true),
  )
})

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
window.addEventListener('hashchange', open)
setInterval(() => {
  if (document.visibilityState === 'visible') void look()
}, LOOK_EVERY_MS)

api('settings').then(showSettings, () => {})
open()
