import { pageData, tell } from './messenger.js'

const { params, origin, returnTo } = pageData()
if (window.parent !== window) document.body.classList.add('framed')
const back = { origin, returnTo }
const sheet = document.querySelector('.sheet')
const problem = document.querySelector('.problem')
const SEEN_MS = 900

const verdicts = {
  success: ['good', '✓', '支付成功', '正在回到商家…'],
  late: ['held', '…', '已付款，稍后到账', '支付通知先压着：推进虚拟时钟，或在操作台点「立即发送」。'],
  fail: ['bad', '!', '余额不足', '没有扣款，订单仍待支付。'],
  'success-without-callback': [
    'held',
    '✓',
    '支付成功',
    '商家页面不会收到结果，就像付完款微信被关掉。请自己回商家刷新订单。',
  ],
}

/** @param {'ok' | 'cancel' | 'fail'} result */
const leave = (result) => {
  const told = tell(back, { type: 'linli-cashier', result }, { result })
  if (!told) note('没有可以返回的商家页面，可以直接关掉这一页。')
}

/** @param {string} text */
const note = (text) => {
  const line = document.createElement('p')
  line.className = 'why'
  line.textContent = text
  sheet.append(line)
}

/** @param {string} outcome */
const showVerdict = (outcome) => {
  const [tone, sign, title, why] = verdicts[outcome]
  const badge = document.querySelector('.badge')
  const seal = Object.assign(document.createElement('p'), { className: `seal ${tone}`, textContent: sign })
  const heading = Object.assign(document.createElement('h2'), { className: 'verdict', textContent: title })
  const line = Object.assign(document.createElement('p'), { className: 'why', textContent: why })
  seal.ariaHidden = 'true'
  heading.setAttribute('role', 'status')
  sheet.classList.add('done')
  sheet.replaceChildren(sheet.querySelector('header'), badge, seal, heading, line)
  sheet.querySelector('.close').hidden = true
}

/** @param {string} outcome */
const choose = async (outcome) => {
  for (const button of document.querySelectorAll('button')) button.disabled = true
  problem.hidden = true
  try {
    const reply = await fetch('/cashier/payments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...params, outcome }),
    })
    const answer = await reply.json()
    if (!reply.ok) throw new Error(answer.message)
    showVerdict(outcome)
    if (answer.result !== null) setTimeout(() => leave(answer.result), SEEN_MS)
  } catch (error) {
    for (const button of document.querySelectorAll('button')) button.disabled = false
    problem.textContent = error instanceof TypeError ? '连不上沙盒，没有扣款，请再试一次。' : error.message
    problem.hidden = false
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button')
  if (!button || button.disabled) return
  if (button.dataset.leave) leave(button.dataset.leave)
  else if (button.dataset.outcome) void choose(button.dataset.outcome)
})

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.querySelector('.close:not([hidden])')?.click()
})
